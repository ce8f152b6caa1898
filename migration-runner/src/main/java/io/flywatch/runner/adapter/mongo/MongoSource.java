package io.flywatch.runner.adapter.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.runner.Connections;
import io.flywatch.runner.RunnerConfig;
import io.flywatch.runner.SourceSignals;
import io.flywatch.runner.SourceSystem;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.migration.ReplicationMigration.Heartbeat;
import io.flywatch.runner.replication.Names;
import io.flywatch.runner.replication.Plan;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bson.Document;

/** MongoDB as a source: a replica set or a sharded cluster, as only these have change streams. */
@Singleton
final class MongoSource implements SourceSystem {
    private static final Set<String> OF_THE_SERVER = Set.of("admin", "local", "config", "flywatch");
    private static final Set<String> WITHOUT_DOCUMENTS = Set.of("change_streams", "change_streams_with_pre_image");
    private static final int UNAUTHORIZED = 13;
    private static final int COUNT_SECONDS = 5;
    private static final int FENCE = 2;

    private final Connections connections;
    private final MongoTargets servers;
    private final RunnerConfig config;

    MongoSource(Connections connections, MongoTargets servers, RunnerConfig config) {
        this.connections = connections;
        this.servers = servers;
        this.config = config;
    }

    @Override
    public boolean takes(String url) {
        return url.startsWith("mongodb://") || url.startsWith("mongodb+srv://");
    }

    @Override
    public List<Plan.Table> check(ReplicationMigration migration) {
        settings(migration);
        return ask(migration, client -> {
            server(migration, client);
            List<Plan.Table> tables = tables(migration, client);
            mapping(migration, tables.stream().map(Plan.Table::source).toList());
            return tables;
        });
    }

    /** An update without its document would have to be guessed at. */
    private static void settings(ReplicationMigration migration) {
        String mode = migration.source().connector().getOrDefault("capture.mode", "");
        if (WITHOUT_DOCUMENTS.contains(mode)) {
            throw wrong("source.connector sets capture.mode=" + mode
                    + ", with which updates come without their documents. Remove it,"
                    + " or set change_streams_update_full or change_streams_update_full_with_pre_image.");
        }
    }

    private void server(ReplicationMigration migration, MongoClient client) {
        String name = migration.source().connection();
        Document hello = client.getDatabase("admin").runCommand(new Document("hello", 1));
        boolean router = "isdbgrid".equals(hello.getString("msg"));
        String set = hello.getString("setName");
        if (!router && set == null) {
            throw new RunFailure(
                    FailureType.SOURCE_NOT_READY,
                    ("The source '%s' is a MongoDB server alone, which has no change streams. Start it with --replSet rs0 and run"
                                    + " rs.initiate(), or name a replica set or a sharded cluster.")
                            .formatted(name));
        }
        ConnectionString url =
                new ConnectionString(connections.named(name, "mongodb").url());
        if (!router && url.getRequiredReplicaSetName() == null) {
            throw wrong(
                    ("flywatch.connections.%s.url does not name the replica set, so the connector would not find a new primary"
                                    + " after an election. Add replicaSet=%s to its parameters.")
                            .formatted(name, set));
        }
    }

    private static List<Plan.Table> tables(ReplicationMigration migration, MongoClient client) {
        List<String> wanted = migration.source().tables();
        boolean every = wanted.contains(ReplicationMigration.EVERY_TABLE);
        List<String> found = new ArrayList<>();
        Iterable<String> databases = every
                ? client.listDatabaseNames()
                : wanted.stream()
                        .map(it -> it.substring(0, it.indexOf('.')))
                        .distinct()
                        .toList();
        for (String database : databases) {
            if (!OF_THE_SERVER.contains(database)) {
                for (Document each : client.getDatabase(database).listCollections()) {
                    String name = database + "." + each.getString("name");
                    boolean plain = "collection".equals(each.getOrDefault("type", "collection"));
                    if (plain && !each.getString("name").startsWith("system.") && (every || wanted.contains(name))) {
                        found.add(name);
                    }
                }
            }
        }
        List<String> missing = every
                ? List.of()
                : wanted.stream().filter(it -> !found.contains(it)).toList();
        if (!missing.isEmpty() || found.isEmpty()) {
            throw new RunFailure(
                    FailureType.SOURCE_TABLE,
                    ("The source '%s' has no collection %s (views and time series have no change streams of their own). Correct"
                                    + " source.tables, or create it.")
                            .formatted(
                                    migration.source().connection(),
                                    missing.isEmpty() ? "at all" : String.join(", ", missing)));
        }
        Map<String, String> targets = Plan.targets(found, false);
        return found.stream()
                .sorted()
                .map(it -> new Plan.Table(
                        it,
                        targets.getOrDefault(it, it),
                        List.of("_id"),
                        collection(client, it).estimatedDocumentCount(),
                        false))
                .toList();
    }

    private static void mapping(ReplicationMigration migration, List<String> tables) {
        migration.target().mapping().forEach((table, mapping) -> {
            if (!tables.contains(table)) {
                throw wrong("target.mapping names the collection " + table
                        + ", which the migration does not take. Add it to source.tables, or remove it.");
            }
            if (mapping.embedding() != null) {
                throw wrong("target.mapping embeds " + table
                        + ", which is a collection: only rows of SQL sources are embedded. Remove embed.");
            }
            if (mapping.documentKey() != null) {
                throw wrong("target.mapping says how the key of " + table
                        + " stands in documents, which have an _id already: it stays as it is. Remove id.");
            }
            for (ColumnRule rule : mapping.columns()) {
                String name = rule.name();
                if (name != null && name.indexOf('.') >= 0) {
                    throw wrong(
                            "target.mapping makes " + name + " of a field of " + table
                                    + ": only columns of SQL sources become fields inside of documents. Name it without a dot.");
                }
                boolean kept = rule.action() == ColumnRule.Action.KEEP
                        || rule.action() == ColumnRule.Action.CAST
                        || rule.action() == ColumnRule.Action.HASH;
                if (rule.column().equals("_id") && !kept) {
                    throw wrong("target.mapping takes the _id of " + table
                            + " away: documents could not be told apart. Hash it, or leave it.");
                }
            }
        });
    }

    @Override
    public List<Plan.Table> measure(ReplicationMigration migration, List<Plan.Table> tables) {
        return ask(
                migration,
                client -> tables.stream()
                        .map(it -> it.rows() > config.countUpTo() ? it : counted(client, it))
                        .toList());
    }

    private static Plan.Table counted(MongoClient client, Plan.Table table) {
        try {
            long rows = collection(client, table.source())
                    .countDocuments(new Document(), new CountOptions().maxTime(COUNT_SECONDS, TimeUnit.SECONDS));
            return new Plan.Table(table.source(), table.target(), table.keyColumns(), rows, true);
        } catch (MongoExecutionTimeoutException tooMany) {
            return table;
        }
    }

    @Override
    public boolean hasHeartbeat(ReplicationMigration migration) {
        return ask(migration, client -> heartbeats(client).estimatedDocumentCount() > 0);
    }

    @Override
    public Optional<String> createHeartbeat(ReplicationMigration migration) {
        return ask(migration, client -> {
            try {
                beat(client, 1);
                return Optional.empty();
            } catch (MongoCommandException e) {
                if (e.getErrorCode() == UNAUTHORIZED) {
                    return Optional.of(String.valueOf(e.getErrorMessage()));
                }
                throw e;
            }
        });
    }

    @Override
    public SourceSignals signals(ReplicationMigration migration) {
        return new NoSignals();
    }

    @Override
    public Instant fence(ReplicationMigration migration) {
        boolean beats = migration.source().heartbeat() == Heartbeat.TABLE && hasHeartbeat(migration);
        return ask(
                migration,
                client -> beats
                        ? beat(client, FENCE)
                        : client.getDatabase("admin")
                                .runCommand(new Document("hello", 1))
                                .getDate("localTime")
                                .toInstant());
    }

    private static Instant beat(MongoClient client, int id) {
        Document beat = heartbeats(client)
                .withWriteConcern(WriteConcern.MAJORITY)
                .findOneAndUpdate(
                        new Document("_id", id),
                        new Document("$currentDate", new Document("beat_at", true))
                                .append("$inc", new Document("beat", 1L)),
                        new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
        Date at = beat == null ? null : beat.getDate("beat_at");
        return at == null ? Instant.EPOCH : at.toInstant();
    }

    /** Other migrations' processors write their heartbeats again within a second. */
    @Override
    public Optional<String> clean(ReplicationMigration migration, boolean heartbeatToo) {
        return ask(migration, client -> {
            if (heartbeatToo) {
                heartbeats(client).drop();
            }
            return Optional.empty();
        });
    }

    private static MongoCollection<Document> heartbeats(MongoClient client) {
        return collection(client, Names.HEARTBEAT_TABLE);
    }

    private static MongoCollection<Document> collection(MongoClient client, String name) {
        int dot = name.indexOf('.');
        return client.getDatabase(name.substring(0, dot)).getCollection(name.substring(dot + 1));
    }

    private static RunFailure wrong(String what) {
        return new RunFailure(FailureType.CONFIGURATION, what);
    }

    private <T> T ask(ReplicationMigration migration, Function<MongoClient, T> question) {
        String name = migration.source().connection();
        try {
            return question.apply(servers.client(name));
        } catch (MongoException e) {
            throw new RunFailure(
                    FailureType.SOURCE_UNREACHABLE,
                    "The source '%s' does not answer or refuses: %s. Start it, or correct flywatch.connections.%s."
                            .formatted(name, MongoTargets.reason(e), name),
                    e);
        }
    }
}
