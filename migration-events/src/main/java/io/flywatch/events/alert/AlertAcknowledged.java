package io.flywatch.events.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody is on an alert, or no longer.
 *
 * @param alertName the alert's name
 * @param by who
 * @param comment what they said; may be empty
 * @param withdrawn whether they no longer are
 */
public record AlertAcknowledged(
        String migrationId,
        @Nullable String runId,
        Instant at,
        String fingerprint,
        String alertName,
        String by,
        String comment,
        boolean withdrawn)
        implements AlertEvent {}
