package io.flywatch.kit.outbox;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The connector that carries a service's outbox to Kafka.
 *
 * @param schema the schema of the outbox table
 * @param jdbcUrl the database's JDBC URL
 * @param username who reads; needs the replication attribute
 * @param password of that user
 * @param config what differs for Kafka Connect
 */
record OutboxConnector(String schema, String jdbcUrl, String username, String password, OutboxConfig config) {

    /** Without the password. */
    @Override
    public String toString() {
        return name();
    }

    String name() {
        return "flywatch-outbox-" + schema;
    }

    /** The name of the replication slot and of the publication. */
    String slot() {
        return "flywatch_outbox_" + schema;
    }

    String table() {
        return schema + ".outboxevent";
    }

    Map<String, String> configuration() {
        URI database = URI.create(jdbcUrl.substring("jdbc:".length()));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        settings.put("tasks.max", "1");
        settings.put("database.hostname", config.databaseHost().orElse(database.getHost()));
        settings.put(
                "database.port",
                String.valueOf(config.databasePort().orElse(database.getPort() < 0 ? 5432 : database.getPort())));
        settings.put("database.dbname", database.getPath().substring(1));
        settings.put("database.user", username);
        settings.put("database.password", password);
        settings.put("plugin.name", "pgoutput");
        settings.put("slot.name", slot());
        settings.put("publication.name", slot());
        // The service itself made both before its first event, so that none is written that the slot does not hold.
        settings.put("publication.autocreate.mode", "disabled");
        settings.put("snapshot.mode", "no_data");
        settings.put("topic.prefix", "flywatch.outbox." + schema);
        settings.put("table.include.list", table());
        settings.put("tombstones.on.delete", "false");
        settings.put("poll.interval.ms", "50");
        settings.put("extended.headers.enabled", "false");
        settings.put("heartbeat.interval.ms", "10000");
        settings.put("topic.heartbeat.prefix", "flywatch.debezium-heartbeat");
        settings.put("topic.creation.default.replication.factor", "-1");
        settings.put("topic.creation.default.partitions", "1");
        settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        settings.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
        route(settings);
        return settings;
    }

    private void route(Map<String, String> settings) {
        settings.put("transforms", "outbox,version,source");
        settings.put("predicates", "event");
        settings.put("predicates.event.type", "org.apache.kafka.connect.transforms.predicates.HasHeaderKey");
        settings.put("predicates.event.name", "ce_id");
        settings.put("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter");
        settings.put("transforms.outbox.route.topic.replacement", "${routedByValue}");
        settings.put(
                "transforms.outbox.table.fields.additional.placement",
                "id:header:ce_id,type:header:ce_type,timestamp:header:ce_time,aggregateid:header:ce_subject");
        header(settings, "version", "ce_specversion", "1.0");
        header(settings, "source", "ce_source", "/flywatch/" + schema);
    }

    private static void header(Map<String, String> settings, String transform, String header, String value) {
        settings.put("transforms." + transform + ".type", "org.apache.kafka.connect.transforms.InsertHeader");
        settings.put("transforms." + transform + ".header", header);
        settings.put("transforms." + transform + ".value.literal", value);
        settings.put("transforms." + transform + ".predicate", "event");
    }
}
