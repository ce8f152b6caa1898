package io.flywatch.runner.adapter.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.flywatch.runner.Connections;
import io.flywatch.runner.RunnerConfig;
import io.flywatch.runner.RunnerMetrics;
import io.flywatch.runner.TestMetrics;
import io.flywatch.runner.adapter.yaml.MigrationParser;
import io.flywatch.runner.change.JavaChange;
import io.flywatch.runner.migration.Declarations.Broken;
import io.flywatch.runner.migration.Declarations.Declared;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.run.Outcome;
import io.flywatch.stack.replica.ReplicaSetStandIn;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.bson.BsonDocument;

/** A database of its own on a server. */
final class Bench implements AutoCloseable {
    private final Place.Running server;
    private final MongoTargets targets;
    final List<JavaChange> changes = new ArrayList<>();
    final String name = "flywatch_test_" + UUID.randomUUID().toString().substring(0, 8);

    Bench(Place place) {
        this(place, it -> it);
    }

    /** Reaches the server by another address. */
    Bench(Place place, UnaryOperator<String> address) {
        server = place.start();
        targets = new MongoTargets(connections(address.apply(server.uri())), config());
    }

    /** The server, if faults can be set at it. */
    ReplicaSetStandIn faulty() {
        return server.faulty().orElseThrow();
    }

    MongoClient client() {
        return targets.client("target");
    }

    MongoDatabase database() {
        return client().getDatabase(name);
    }

    MongoCollection<BsonDocument> collection(String collection) {
        return database().getCollection(collection, BsonDocument.class);
    }

    Books books() {
        return new Books(database());
    }

    Abilities abilities() {
        books().open();
        return new Probe(client(), books()).find();
    }

    /** An engine of its own: another process, as far as the lease is concerned. */
    MongoEngine engine(Faults faults) {
        return engine(faults, Clock.systemUTC());
    }

    MongoEngine engine(Faults faults, Clock clock) {
        RunnerMetrics metrics = TestMetrics.fresh();
        return new MongoEngine(targets, metrics, config(), changes, faults, clock);
    }

    Outcome run(MongoMigration migration) {
        return engine(Faults.NONE).work(migration, new FakeJournal(migration.id()));
    }

    /** A migration with these change sets, in YAML. */
    MongoMigration migration(String changeSets) {
        List<Declared> valid = new ArrayList<>();
        List<Broken> broken = new ArrayList<>();
        String text = "kind: mongodb\nid: test\nconnection: target\ndatabase: " + name + "\nchangeSets:\n"
                + changeSets.indent(2);
        MigrationParser.parse("test.yaml", text, valid::add, broken::add);
        if (valid.isEmpty()) {
            throw new IllegalArgumentException(broken.toString());
        }
        return (MongoMigration) valid.getFirst().migration();
    }

    @Override
    public void close() {
        database().drop();
        targets.close();
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connections connections(String url) {
        return () -> Map.of("target", new Connections.Settings() {
            @Override
            public String url() {
                return url;
            }

            @Override
            public Optional<String> username() {
                return Optional.empty();
            }

            @Override
            public Optional<String> password() {
                return Optional.empty();
            }
        });
    }

    private static RunnerConfig config() {
        return new SmallRyeConfigBuilder()
                .withMapping(RunnerConfig.class)
                .build()
                .getConfigMapping(RunnerConfig.class);
    }
}
