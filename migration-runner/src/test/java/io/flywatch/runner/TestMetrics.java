package io.flywatch.runner;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Metrics that nobody reads. */
public final class TestMetrics {
    private TestMetrics() {}

    /** New ones. */
    public static RunnerMetrics fresh() {
        return new RunnerMetrics(new SimpleMeterRegistry());
    }
}
