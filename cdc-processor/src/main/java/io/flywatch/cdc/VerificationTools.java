package io.flywatch.cdc;

import io.flywatch.cdc.CdcConfig.VerificationConfig;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What all verifications share. */
@Singleton
final class VerificationTools {
    private final CdcConfig config;
    private final Comparisons comparisons;
    private final Heads heads;
    private final SentChanges sent;
    private final ChangedKeys changedKeys;
    private final Instance<VerificationPublisher> publisher;
    private final LagSampler lag;
    private final CdcMetrics metrics;
    private final Map<String, VerificationMeters> meters = new ConcurrentHashMap<>();

    VerificationTools(
            CdcConfig config,
            Comparisons comparisons,
            Heads heads,
            SentChanges sent,
            ChangedKeys changedKeys,
            Instance<VerificationPublisher> publisher,
            LagSampler lag,
            CdcMetrics metrics) {
        this.config = config;
        this.comparisons = comparisons;
        this.changedKeys = changedKeys;
        this.heads = heads;
        this.sent = sent;
        this.publisher = publisher;
        this.lag = lag;
        this.metrics = metrics;
    }

    VerificationConfig config() {
        return config.verification();
    }

    Comparisons comparisons() {
        return comparisons;
    }

    Heads heads() {
        return heads;
    }

    SentChanges sent() {
        return sent;
    }

    ChangedKeys changedKeys() {
        return changedKeys;
    }

    VerificationPublisher publisher() {
        return publisher.get();
    }

    VerificationMeters meters(String pipeline) {
        return meters.computeIfAbsent(pipeline, id -> new VerificationMeters(metrics, id));
    }

    /** How far a pipeline is behind; null while that is not measured. */
    @Nullable
    Double staleness(String pipeline) {
        return lag.status(pipeline)
                .map(status -> status.sample().stalenessSeconds())
                .orElse(null);
    }
}
