package io.flywatch.events.anomaly;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An episode began. */
public record AnomalyOpened(String migrationId, @Nullable String runId, Instant at, Anomaly anomaly)
        implements AnomalyEvent {}
