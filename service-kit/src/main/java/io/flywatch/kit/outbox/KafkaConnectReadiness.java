package io.flywatch.kit.outbox;

import io.flywatch.kit.connect.ConnectClient;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when Kafka Connect answers and the outbox connector runs. */
@Readiness
@Singleton
@IfBuildProperty(name = "flywatch.outbox.enabled", stringValue = "true")
public final class KafkaConnectReadiness implements HealthCheck {

    private final OutboxKeeper outbox;
    private final ConnectClient connect;

    KafkaConnectReadiness(OutboxKeeper outbox, ConnectClient connect) {
        this.outbox = outbox;
        this.connect = connect;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("kafka-connect").withData("url", connect.url());
        return switch (outbox.state()) {
            case OutboxState.Running running -> answer.up().build();
            case OutboxState.Waiting waiting ->
                answer.down().withData("reason", waiting.why()).build();
        };
    }
}
