package io.flywatch.anomaly;

import io.flywatch.events.Topics;
import io.flywatch.stack.EmbeddedKafka;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/** Kafka for one test run. The topics come when a test makes them. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {

    private static @Nullable EmbeddedKafka kafka;

    @Override
    public Map<String, String> start() {
        try {
            kafka = EmbeddedKafka.start(Files.createTempDirectory("flywatch-anomaly"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "flywatch.rules.stalled.after", "PT3S",
                "flywatch.rules.recovery", "PT1S",
                "flywatch.rules.high-lag.after", "PT2S");
    }

    static void createTopics() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
            admin.createTopics(Stream.of(Topics.PROGRESS, Topics.LAG, Topics.ANOMALIES, Topics.WATCHES)
                            .map(topic -> new NewTopic(topic, Optional.of(2), Optional.empty()))
                            .toList())
                    .all()
                    .get();
        }
    }

    static String kafka() {
        if (kafka == null) {
            throw new IllegalStateException("not started");
        }
        return kafka.bootstrapServers();
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }
}
