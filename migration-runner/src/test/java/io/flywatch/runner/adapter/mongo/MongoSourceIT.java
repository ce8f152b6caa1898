package io.flywatch.runner.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.flywatch.runner.Connections;
import io.flywatch.runner.RunnerConfig;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.migration.ReplicationMigration.Heartbeat;
import io.flywatch.runner.replication.Plan;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.stack.replica.ReplicaSetStandIn;
import io.flywatch.stack.replica.Shape;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of a MongoDB before a run begins. */
class MongoSourceIT {
    @SuppressWarnings("NullAway.Init")
    private ReplicaSetStandIn set;

    @BeforeEach
    void start() {
        set = ReplicaSetStandIn.start();
        try (MongoClient client = MongoClients.create(set.uri())) {
            client.getDatabase("shop")
                    .getCollection("orders")
                    .insertMany(List.of(new Document("_id", 1), new Document("_id", 2)));
            client.getDatabase("shop").getCollection("people").insertOne(new Document("_id", "a"));
        }
    }

    @AfterEach
    void stop() {
        set.close();
    }

    private record Settings(String url) implements Connections.Settings {
        @Override
        public Optional<String> username() {
            return Optional.empty();
        }

        @Override
        public Optional<String> password() {
            return Optional.empty();
        }
    }

    private static MongoSource source(String url) {
        Connections connections = () -> Map.of("source", new Settings(url));
        RunnerConfig config = new SmallRyeConfigBuilder()
                .withMapping(RunnerConfig.class)
                .build()
                .getConfigMapping(RunnerConfig.class);
        return new MongoSource(connections, new MongoTargets(connections, config), config);
    }

    private static ReplicationMigration migration(Map<String, String> connector, String... collections) {
        return new ReplicationMigration(
                "shop",
                "",
                new ReplicationMigration.Source("source", List.of(collections), Heartbeat.TABLE, connector),
                new ReplicationMigration.Target("target", "shop"),
                1,
                null);
    }

    @Test
    void takesTheCollectionsOfAReplicaSet() {
        MongoSource source = source(set.uri());
        ReplicationMigration all = migration(Map.of(), "*");

        List<Plan.Table> tables = source.measure(all, source.check(all));

        assertThat(tables)
                .extracting(Plan.Table::source, Plan.Table::target, Plan.Table::keyColumns, Plan.Table::rows)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("shop.orders", "orders", List.of("_id"), 2L),
                        org.assertj.core.api.Assertions.tuple("shop.people", "people", List.of("_id"), 1L));
    }

    @Test
    void refusesAServerAloneAndSaysWhatToDo() {
        try (ReplicaSetStandIn alone = ReplicaSetStandIn.start(Shape.STANDALONE, ReplicaSetStandIn.LIFETIME)) {
            assertThatThrownBy(() -> source(alone.uri()).check(migration(Map.of(), "shop.orders")))
                    .isInstanceOf(RunFailure.class)
                    .hasMessageContaining("rs.initiate()");
        }
    }

    @Test
    void refusesAnAddressThatDoesNotNameTheSet() {
        assertThatThrownBy(() -> source("mongodb://127.0.0.1:" + set.port()).check(migration(Map.of(), "shop.orders")))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("Add replicaSet=");
    }

    @Test
    void refusesWhatIsNotThereAndUpdatesWithoutDocuments() {
        MongoSource source = source(set.uri());

        assertThatThrownBy(() -> source.check(migration(Map.of(), "shop.orders", "shop.nothing")))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("shop.nothing");
        assertThatThrownBy(() -> source.check(migration(Map.of("capture.mode", "change_streams"), "shop.orders")))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("without their documents");
    }

    @Test
    void writesHeartbeatAndFenceByTheServersClockAndTakesThemAway() {
        MongoSource source = source(set.uri());
        ReplicationMigration shop = migration(Map.of(), "shop.orders");
        assertThat(source.hasHeartbeat(shop)).isFalse();

        assertThat(source.createHeartbeat(shop)).isEmpty();
        Instant first = source.fence(shop);
        Instant second = source.fence(shop);

        assertThat(source.hasHeartbeat(shop)).isTrue();
        assertThat(second).isAfterOrEqualTo(first).isAfter(Instant.EPOCH);
        assertThat(source.clean(shop, true)).isEmpty();
        assertThat(source.hasHeartbeat(shop)).isFalse();
    }
}
