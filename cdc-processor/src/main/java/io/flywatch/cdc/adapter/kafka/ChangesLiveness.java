package io.flywatch.cdc.adapter.kafka;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while the thread that reads changes goes round; polling without an answer is going round, too. */
@Liveness
@Singleton
final class ChangesLiveness implements HealthCheck {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final ChangeConsumer consumer;

    ChangesLiveness(ChangeConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public HealthCheckResponse call() {
        Duration since = consumer.sincePoll();
        return HealthCheckResponse.named("reader of changes")
                .status(since.compareTo(LIMIT) < 0)
                .withData("secondsSinceLastPoll", since.toSeconds())
                .build();
    }
}
