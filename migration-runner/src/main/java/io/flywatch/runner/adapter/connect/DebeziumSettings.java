package io.flywatch.runner.adapter.connect;

import io.flywatch.events.Topics;
import io.flywatch.runner.Connections;
import io.flywatch.runner.adapter.jdbc.SourceUrl;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.replication.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a migration's connector is set up. What the migration's file says under {@code source.connector} comes last and wins. */
final class DebeziumSettings {
    private static final String MONGODB = "mongodb";

    private DebeziumSettings() {}

    /** The class of the connector that captures from a source. */
    static String connectorClass(String url) {
        if (url.startsWith(MONGODB)) {
            return "io.debezium.connector.mongodb.MongoDbConnector";
        }
        return switch (SourceUrl.of(url).kind()) {
            case POSTGRESQL -> "io.debezium.connector.postgresql.PostgresConnector";
            case MYSQL -> "io.debezium.connector.mysql.MySqlConnector";
            case MARIADB -> "io.debezium.connector.mariadb.MariaDbConnector";
        };
    }

    static Map<String, String> of(
            ReplicationMigration migration,
            List<String> tables,
            List<String> unlogged,
            @Nullable String heartbeatTable,
            @Nullable String signalTable,
            Connections connections,
            String kafka) {
        Connections.Settings connection = connections.named(migration.source().connection(), "");
        String id = migration.id();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("name", Names.connector(id));
        settings.put("connector.class", connectorClass(connection.url()));
        settings.put("tasks.max", "1");
        settings.put("topic.prefix", Topics.changesPrefix(id));
        List<String> included = new ArrayList<>(tables);
        if (heartbeatTable != null) {
            included.add(heartbeatTable);
        }
        if (signalTable != null) {
            included.add(signalTable);
            settings.put("signal.enabled.channels", "source");
            settings.put("signal.data.collection", signalTable);
        }
        settings.put("snapshot.mode", "initial");
        content(settings);
        if (connection.url().startsWith(MONGODB)) {
            mongo(settings, connection, included);
        } else {
            sql(settings, migration, connection, included, heartbeatTable, kafka);
        }
        settings.put("heartbeat.interval.ms", "1000");
        settings.put("topic.heartbeat.prefix", "flywatch.debezium-heartbeat");
        settings.put("notification.enabled.channels", "sink");
        settings.put("notification.sink.topic.name", Topics.CONNECTOR_NOTIFICATIONS);
        settings.put("topic.creation.default.replication.factor", "-1");
        settings.put("topic.creation.default.partitions", Integer.toString(migration.partitions()));
        // Half of it is what every change waits in Debezium, even while it has time.
        settings.put("poll.interval.ms", "5");
        settings.put("max.batch.size", "8192");
        settings.put("max.queue.size", "32768");
        // Three headers with the connector's name in each record: nobody reads them, and all pay for them.
        settings.put("extended.headers.enabled", "false");
        settings.putAll(migration.source().connector());
        leaveOut(unlogged, settings);
        return settings;
    }

    /** Else the snapshot had columns that no change has, whose values would grow old at the target. */
    private static void leaveOut(List<String> columns, Map<String, String> settings) {
        if (!columns.isEmpty() && !settings.containsKey("column.include.list")) {
            settings.merge("column.exclude.list", Names.includeList(columns), (theirs, ours) -> theirs + "," + ours);
        }
    }

    /**
     * Updates come with their documents, as they are when the connector asks for them. The heartbeat's document is written by the
     * processor, as this connector writes nothing.
     */
    private static void mongo(Map<String, String> settings, Connections.Settings connection, List<String> included) {
        settings.put("mongodb.connection.string", connection.url());
        connection.username().ifPresent(it -> settings.put("mongodb.user", it));
        connection.password().ifPresent(it -> settings.put("mongodb.password", it));
        settings.put("collection.include.list", Names.includeList(included));
        settings.put("capture.mode", "change_streams_update_full");
    }

    private static void sql(
            Map<String, String> settings,
            ReplicationMigration migration,
            Connections.Settings connection,
            List<String> included,
            @Nullable String heartbeatTable,
            String kafka) {
        SourceUrl source = SourceUrl.of(connection.url());
        settings.put("database.hostname", source.host());
        settings.put("database.port", Integer.toString(source.port()));
        connection.username().ifPresent(it -> settings.put("database.user", it));
        connection.password().ifPresent(it -> settings.put("database.password", it));
        settings.put("table.include.list", Names.includeList(included));
        settings.put("decimal.handling.mode", "string");
        settings.put("binary.handling.mode", "bytes");
        settings.put("column.propagate.source.type", ".*");
        switch (source.kind()) {
            case POSTGRESQL -> postgres(settings, migration.id(), source);
            case MYSQL, MARIADB -> mySql(settings, migration.id(), included, kafka);
        }
        if (heartbeatTable != null) {
            settings.put("heartbeat.action.query", beat(source, heartbeatTable));
        }
    }

    /** Nothing is left out and no digit is lost on the way. */
    private static void content(Map<String, String> settings) {
        settings.put("skipped.operations", "none");
        settings.put("tombstones.on.delete", "true");
        settings.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("key.converter.schemas.enable", "true");
        settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("value.converter.schemas.enable", "true");
    }

    private static void postgres(Map<String, String> settings, String id, SourceUrl source) {
        settings.put("database.dbname", source.database());
        settings.put("plugin.name", "pgoutput");
        settings.put("slot.name", Names.slot(id));
        settings.put("publication.name", Names.slot(id));
        settings.put("publication.autocreate.mode", "filtered");
        settings.put("hstore.handling.mode", "json");
        settings.put("interval.handling.mode", "string");
        settings.put("time.precision.mode", "adaptive");
    }

    /**
     * The connector is a replica of its own number, and keeps the history of the tables' definitions in a topic of its own, which it
     * makes with endless retention.
     */
    private static void mySql(Map<String, String> settings, String id, List<String> included, String kafka) {
        settings.put("database.server.id", Long.toString(1_000_000_000L + Math.floorMod(id.hashCode(), 1_000_000_000)));
        settings.put(
                "database.include.list",
                Names.includeList(included.stream()
                        .map(table -> table.substring(0, table.indexOf('.')))
                        .distinct()
                        .toList()));
        settings.put("bigint.unsigned.handling.mode", "precise");
        settings.put("time.precision.mode", "adaptive_time_microseconds");
        settings.put("include.schema.changes", "false");
        settings.put("inconsistent.schema.handling.mode", "fail");
        settings.put("schema.history.internal.kafka.bootstrap.servers", kafka);
        settings.put("schema.history.internal.kafka.topic", Names.schemaHistory(id));
        settings.put("schema.history.internal.store.only.captured.tables.ddl", "true");
    }

    private static String beat(SourceUrl source, String table) {
        return switch (source.kind()) {
            case POSTGRESQL ->
                "INSERT INTO " + table + " AS h (id, beat_at, beat) VALUES (1, clock_timestamp(), 1)"
                        + " ON CONFLICT (id) DO UPDATE SET beat_at = clock_timestamp(), beat = h.beat + 1";
            case MYSQL, MARIADB ->
                "INSERT INTO " + table + " (id, beat_at, beat) VALUES (1, UTC_TIMESTAMP(6), 1)"
                        + " ON DUPLICATE KEY UPDATE beat_at = UTC_TIMESTAMP(6), beat = beat + 1";
        };
    }
}
