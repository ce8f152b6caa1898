package io.flywatch.cdc;

import io.flywatch.events.Topics;
import io.flywatch.stack.EmbeddedKafka;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/** A broker, and a target that can go away and come back, for the processor under test. */
public final class CdcStack implements QuarkusTestResourceLifecycleManager {
    private static @Nullable EmbeddedKafka kafka;
    private static @Nullable StandInTarget target;

    /** The broker's address. */
    static String bootstrap() {
        return java.util.Objects.requireNonNull(kafka).bootstrapServers();
    }

    /** The target. */
    static StandInTarget target() {
        return java.util.Objects.requireNonNull(target);
    }

    @Override
    public Map<String, String> start() {
        try {
            kafka = EmbeddedKafka.start(Files.createTempDirectory("flywatch-kafka"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        target = StandInTarget.start(System.getenv("FLYWATCH_TEST_MONGODB_URI"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) kafka.bootstrapServers()))) {
            admin.createTopics(Topics.ALL.stream()
                            .map(topic -> new NewTopic(topic.name(), 1, (short) 1).configs(topic.config()))
                            .toList())
                    .all()
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "flywatch.connections.target.url", target.uri());
    }

    @Override
    public void stop() {
        if (target != null) {
            target.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }

    static List<String> topics(String pipeline, String... tables) {
        return List.of(tables).stream()
                .map(table -> Topics.changesPrefix(pipeline) + "." + table)
                .toList();
    }
}
