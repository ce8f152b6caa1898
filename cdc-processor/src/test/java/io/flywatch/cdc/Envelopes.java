package io.flywatch.cdc;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes records as Debezium's PostgreSQL connector does with Kafka Connect's JSON converter and embedded schemas. */
public final class Envelopes {

    /** The placeholder for a value that was too large to be logged again. */
    public static final String UNAVAILABLE = "__debezium_unavailable_value";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String topic;
    private final List<Column> columns;
    private final List<String> key;

    /** A table. */
    public Envelopes(String topic, List<String> key, Column... columns) {
        this.topic = topic;
        this.key = List.copyOf(key);
        this.columns = List.of(columns);
    }

    /**
     * A column.
     *
     * @param type Kafka Connect's type
     * @param semantic Debezium's name for what it means; empty without one
     * @param source the type at the source
     */
    public record Column(String name, String type, String semantic, String source) {
        /** A column without a meaning of Debezium's. */
        public static Column of(String name, String type, String source) {
            return new Column(name, type, "", source);
        }
    }

    /** The orders of a shop, with a large note. */
    public static Envelopes orders(String topic) {
        return new Envelopes(
                topic,
                List.of("id"),
                Column.of("id", "int64", "INT8"),
                Column.of("customer", "string", "TEXT"),
                Column.of("total", "string", "NUMERIC"),
                new Column("placed_at", "string", "io.debezium.time.ZonedTimestamp", "TIMESTAMPTZ"),
                new Column("attributes", "string", "io.debezium.data.Json", "JSONB"),
                Column.of("note", "string", "TEXT"));
    }

    /** A row as JSON text of its columns, to a change. */
    public byte[] value(String op, @Nullable String row, long lsn, long committedMicros, String snapshot) {
        ObjectNode payload = JSON.createObjectNode();
        payload.putNull("before");
        payload.set("after", row == null ? JSON.nullNode() : tree(row));
        ObjectNode source = payload.putObject("source");
        source.put("version", "3.6.1.Final").put("connector", "postgresql").put("name", "cdc.shop");
        source.put("ts_ms", committedMicros / 1_000).put("snapshot", snapshot).put("db", "shop");
        source.put("sequence", "[\"" + (lsn - 1) + "\",\"" + lsn + "\"]");
        source.put("ts_us", committedMicros).put("ts_ns", committedMicros * 1_000);
        source.put("schema", "public")
                .put("table", "orders")
                .put("txId", 7)
                .put("lsn", lsn)
                .putNull("xmin");
        payload.putNull("transaction");
        payload.put("op", op).put("ts_ms", committedMicros / 1_000 + 20);
        payload.put("ts_us", committedMicros + 20_000).put("ts_ns", (committedMicros + 20_000) * 1_000);
        return withSchema(envelopeSchema(), payload);
    }

    /** The key of a row, from the JSON text of its key's columns. */
    public byte[] key(String key) {
        return withSchema(
                struct(columns.stream().filter(c -> this.key.contains(c.name())).toList(), topic + ".Key"), tree(key));
    }

    private ObjectNode envelopeSchema() {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.put("type", "struct");
        ArrayNode fields = envelope.putArray("fields");
        fields.add(struct(columns, topic + ".Value").put("optional", true).put("field", "before"));
        fields.add(struct(columns, topic + ".Value").put("optional", true).put("field", "after"));
        ObjectNode source = fields.addObject().put("type", "struct");
        ArrayNode of = source.putArray("fields");
        for (String name : List.of("version", "connector", "name", "snapshot", "db", "sequence", "schema", "table")) {
            of.addObject().put("type", "string").put("optional", false).put("field", name);
        }
        source.put("optional", false)
                .put("name", "io.debezium.connector.postgresql.Source")
                .put("field", "source");
        fields.addObject().put("type", "string").put("optional", false).put("field", "op");
        for (String name : List.of("ts_ms", "ts_us", "ts_ns")) {
            fields.addObject().put("type", "int64").put("optional", true).put("field", name);
        }
        return envelope.put("optional", false).put("name", topic + ".Envelope").put("version", 2);
    }

    private static ObjectNode struct(List<Column> columns, String name) {
        ObjectNode struct = JSON.createObjectNode().put("type", "struct");
        ArrayNode fields = struct.putArray("fields");
        for (Column column : columns) {
            ObjectNode field = fields.addObject();
            if (column.type().startsWith("array:")) {
                field.put("type", "array")
                        .putObject("items")
                        .put("type", column.type().substring(6))
                        .put("optional", true);
            } else {
                field.put("type", column.type());
            }
            field.put("optional", true);
            if (!column.semantic().isEmpty()) {
                field.put("name", column.semantic()).put("version", 1);
            }
            field.putObject("parameters").put("__debezium.source.column.type", column.source());
            field.put("field", column.name());
        }
        return struct.put("optional", false).put("name", name);
    }

    private static byte[] withSchema(ObjectNode schema, ObjectNode payload) {
        try {
            ObjectNode message = JSON.createObjectNode();
            message.set("schema", schema);
            message.set("payload", payload);
            return JSON.writeValueAsBytes(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode tree(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
