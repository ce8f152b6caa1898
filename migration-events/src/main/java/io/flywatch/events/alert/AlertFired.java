package io.flywatch.events.alert;

import io.flywatch.events.anomaly.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert began, or its severity changed.
 *
 * @param alertName the rule's name, e.g. {@code high_lag}
 * @param severity how urgent it is now
 * @param summary one sentence for a person
 */
public record AlertFired(
        String migrationId,
        @Nullable String runId,
        Instant at,
        String fingerprint,
        String alertName,
        Severity severity,
        String summary)
        implements AlertEvent {}
