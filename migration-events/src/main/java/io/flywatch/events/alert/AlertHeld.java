package io.flywatch.events.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Nobody is told of an alert, for now.
 *
 * @param alertName the alert's name
 * @param reason why, of a closed set: {@code silenced}, {@code inhibited}, {@code muted}, {@code no-route} …
 * @param explanation why, in a sentence
 */
public record AlertHeld(
        String migrationId,
        @Nullable String runId,
        Instant at,
        String fingerprint,
        String alertName,
        String reason,
        String explanation)
        implements AlertEvent {}
