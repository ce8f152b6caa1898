package io.flywatch.runner.adapter.connect;

import io.flywatch.events.Topics;
import io.flywatch.runner.Connections;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.replication.Names;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a migration's connector is set up. What the migration's file says under {@code source.connector} comes last and wins. */
final class DebeziumSettings {
    static final String CONNECTOR_CLASS = "io.debezium.connector.postgresql.PostgresConnector";
    private static final int DEFAULT_PORT = 5432;

    private DebeziumSettings() {}

    static Map<String, String> of(
            ReplicationMigration migration,
            List<String> tables,
            @Nullable String heartbeatTable,
            Connections connections) {
        String id = migration.id();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("name", Names.connector(id));
        settings.put("connector.class", CONNECTOR_CLASS);
        settings.put("tasks.max", "1");
        database(settings, connections.named(migration.source().connection(), "jdbc:postgresql://"));
        settings.put("plugin.name", "pgoutput");
        settings.put("slot.name", Names.slot(id));
        settings.put("publication.name", Names.slot(id));
        settings.put("publication.autocreate.mode", "filtered");
        settings.put("topic.prefix", Topics.changesPrefix(id));
        List<String> included = new ArrayList<>(tables);
        if (heartbeatTable != null) {
            included.add(heartbeatTable);
        }
        settings.put("table.include.list", Names.includeList(included));
        settings.put("snapshot.mode", "initial");
        content(settings);
        heartbeat(settings, heartbeatTable);
        settings.put("notification.enabled.channels", "sink");
        settings.put("notification.sink.topic.name", Topics.CONNECTOR_NOTIFICATIONS);
        settings.put("topic.creation.default.replication.factor", "-1");
        settings.put("topic.creation.default.partitions", Integer.toString(migration.partitions()));
        settings.put("poll.interval.ms", "50");
        settings.put("max.batch.size", "8192");
        settings.put("max.queue.size", "32768");
        settings.putAll(migration.source().connector());
        return settings;
    }

    private static void database(Map<String, String> settings, Connections.Settings source) {
        URI uri = URI.create(source.url().substring("jdbc:".length()));
        settings.put("database.hostname", uri.getHost());
        settings.put("database.port", Integer.toString(uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()));
        settings.put("database.dbname", uri.getPath().substring(1));
        source.username().ifPresent(it -> settings.put("database.user", it));
        source.password().ifPresent(it -> settings.put("database.password", it));
    }

    /** Nothing is left out and no digit is lost on the way. */
    private static void content(Map<String, String> settings) {
        settings.put("skipped.operations", "none");
        settings.put("tombstones.on.delete", "true");
        settings.put("decimal.handling.mode", "string");
        settings.put("binary.handling.mode", "bytes");
        settings.put("hstore.handling.mode", "json");
        settings.put("interval.handling.mode", "string");
        settings.put("time.precision.mode", "adaptive");
        settings.put("column.propagate.source.type", ".*");
        settings.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("key.converter.schemas.enable", "true");
        settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("value.converter.schemas.enable", "true");
    }

    private static void heartbeat(Map<String, String> settings, @Nullable String heartbeatTable) {
        settings.put("heartbeat.interval.ms", "1000");
        settings.put("topic.heartbeat.prefix", "flywatch.debezium-heartbeat");
        if (heartbeatTable != null) {
            settings.put(
                    "heartbeat.action.query",
                    "INSERT INTO " + heartbeatTable + " AS h (id, beat_at, beat) VALUES (1, clock_timestamp(), 1)"
                            + " ON CONFLICT (id) DO UPDATE SET beat_at = clock_timestamp(), beat = h.beat + 1");
        }
    }
}
