package io.flywatch.events.anomaly;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An episode ended.
 *
 * @param anomaly its last state
 * @param reason why it ended, for a person: back in range, the run ended
 */
public record AnomalyClosed(String migrationId, @Nullable String runId, Instant at, Anomaly anomaly, String reason)
        implements AnomalyEvent {}
