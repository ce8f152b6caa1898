package io.flywatch.runner;

import io.flywatch.stack.EmbeddedKafka;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.MongoStandIn;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kafka, PostgreSQL and MongoDB's stand-in. There is no Kafka Connect, so that its absence can be tested. */
public final class TestStack implements QuarkusTestResourceLifecycleManager {
    private @Nullable EmbeddedKafka kafka;
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable MongoStandIn mongo;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("flywatch-runner");
            EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"));
            kafka = broker;
            EmbeddedPostgres database = EmbeddedPostgres.start(folder.resolve("postgres"));
            postgres = database;
            database.createDatabase("flywatch");
            database.createDatabase("shop");
            MongoStandIn target = MongoStandIn.start();
            mongo = target;
            Path migrations = Files.createDirectories(folder.resolve("migrations"));
            return settings(broker, database, target, migrations);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> settings(
            EmbeddedKafka kafka, EmbeddedPostgres postgres, MongoStandIn mongo, Path migrations) {
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        settings.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl("flywatch"));
        settings.put("quarkus.datasource.username", EmbeddedPostgres.USER);
        settings.put("quarkus.datasource.password", EmbeddedPostgres.PASSWORD);
        settings.put("quarkus.debezium-outbox.remove-after-insert", "false");
        settings.put("flywatch.connect.url", "http://127.0.0.1:1");
        settings.put("flywatch.migrations.location", migrations.toString());
        settings.put("flywatch.migrations.check-timeout", "PT1S");
        settings.put("flywatch.connections.source.url", postgres.jdbcUrl("shop"));
        settings.put("flywatch.connections.source.username", EmbeddedPostgres.USER);
        settings.put("flywatch.connections.source.password", EmbeddedPostgres.PASSWORD);
        settings.put("flywatch.connections.stranger.url", postgres.jdbcUrl("shop"));
        settings.put("flywatch.connections.stranger.username", EmbeddedPostgres.USER);
        settings.put("flywatch.connections.stranger.password", "wrong");
        settings.put("flywatch.connections.target.url", mongo.uri());
        settings.put("flywatch.connections.away.url", "mongodb://127.0.0.1:1");
        return settings;
    }

    @Override
    public void stop() {
        if (mongo != null) {
            mongo.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }
}
