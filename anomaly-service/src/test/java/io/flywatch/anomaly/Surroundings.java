package io.flywatch.anomaly;

import io.flywatch.events.Topics;
import io.flywatch.stack.EmbeddedKafka;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/** Kafka for one test run. The topics come when a test makes them. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {

    private static final String RULES = """
            declared:
              - {series: polled/disk, above: 90, meaning: the target's disk fills}
            polled:
              - {name: disk, query: 'disk{migration="$migration"}', unit: percent, bad: up}
              - {name: hosts, query: sum(disk) by (host), migration: shop}
              - {name: wrong, query: this is no query}
              - {name: odd, query: much}
              - {name: elsewhere, query: disk, migration: another}
            """;

    private static @Nullable EmbeddedKafka kafka;
    private static @Nullable PlayedPrometheus prometheus;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("flywatch-anomaly");
            kafka = EmbeddedKafka.start(folder);
            prometheus = new PlayedPrometheus();
            return settings(kafka, prometheus, Files.writeString(folder.resolve("rules.yaml"), RULES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> settings(EmbeddedKafka kafka, PlayedPrometheus prometheus, Path rules) {
        return Map.of(
                "flywatch.prometheus.url", prometheus.url(),
                "flywatch.prometheus.every", "PT1S",
                "flywatch.rules.file", rules.toString(),
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

    static PlayedPrometheus prometheus() {
        if (prometheus == null) {
            throw new IllegalStateException("not started");
        }
        return prometheus;
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.close();
        }
        if (prometheus != null) {
            prometheus.close();
        }
    }
}
