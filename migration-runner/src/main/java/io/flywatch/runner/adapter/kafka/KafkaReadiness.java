package io.flywatch.runner.adapter.kafka;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the broker answers. */
@Readiness
@Singleton
public final class KafkaReadiness implements HealthCheck {
    private final Topology topology;

    KafkaReadiness(Topology topology) {
        this.topology = topology;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("kafka").withData("bootstrap.servers", topology.bootstrapServers());
        try {
            topology.ping();
            return answer.up().build();
        } catch (Topology.KafkaAway e) {
            return answer.down()
                    .withData("reason", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
