package io.flywatch.events.anomaly;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An open episode got worse or better, or its severity changed. */
public record AnomalyUpdated(String migrationId, @Nullable String runId, Instant at, Anomaly anomaly)
        implements AnomalyEvent {}
