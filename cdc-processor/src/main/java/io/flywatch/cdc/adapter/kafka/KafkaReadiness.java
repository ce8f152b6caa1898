package io.flywatch.cdc.adapter.kafka;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while Kafka has answered within the last seconds; it is asked once a second. */
@Readiness
@Singleton
final class KafkaReadiness implements HealthCheck {
    private final TopicLogs logs;

    KafkaReadiness(TopicLogs logs) {
        this.logs = logs;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("kafka").status(logs.isReachable()).build();
    }
}
