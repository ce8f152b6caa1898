package io.flywatch.events.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A silence covers an alert.
 *
 * @param alertName the alert's name
 * @param silence the silence's id
 * @param by who made it
 * @param comment why
 * @param until when it ends
 */
public record AlertSilenced(
        String migrationId,
        @Nullable String runId,
        Instant at,
        String fingerprint,
        String alertName,
        String silence,
        String by,
        String comment,
        Instant until)
        implements AlertEvent {}
