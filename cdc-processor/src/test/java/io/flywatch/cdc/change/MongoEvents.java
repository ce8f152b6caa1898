package io.flywatch.cdc.change;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;

/**
 * Records as Debezium 3.6's MongoDB connector writes them: the document in the old, strict dialect of Extended JSON, the {@code _id} of the
 * key in the relaxed one, by the writer settings that its {@code JsonSerialization} has.
 */
@SuppressWarnings("deprecation") // the strict dialect is what Debezium writes
public final class MongoEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonWriterSettings DOCUMENT = settings(JsonMode.STRICT);
    private static final JsonWriterSettings ID = settings(JsonMode.RELAXED);

    private MongoEvents() {}

    private static JsonWriterSettings settings(JsonMode mode) {
        return JsonWriterSettings.builder()
                .outputMode(mode)
                .indent(true)
                .indentCharacters("")
                .newLineCharacters("")
                .build();
    }

    /** A document as the record's value has it. */
    public static String json(BsonDocument document) {
        return document.toJson(DOCUMENT);
    }

    /** A change of a document; without a document, what the record has where there is none. */
    public static Raw change(String op, BsonValue id, @Nullable BsonDocument document, long second, int ordinal) {
        ObjectNode value = JSON.createObjectNode();
        value.putNull("before");
        value.put("after", document == null ? null : json(document));
        if (op.equals("u")) {
            value.putObject("updateDescription")
                    .putNull("removedFields")
                    .put("updatedFields", "{\"qty\": 2}")
                    .putNull("truncatedArrays");
        } else {
            value.putNull("updateDescription");
        }
        value.putObject("source")
                .put("version", "3.6.1.Final")
                .put("connector", "mongodb")
                .put("name", "cdc.shop")
                .put("ts_ms", second * 1_000)
                .put("snapshot", op.equals("r") ? "true" : "false")
                .put("db", "shop")
                .putNull("sequence")
                .put("ts_us", second * 1_000_000)
                .put("ts_ns", second * 1_000_000_000)
                .put("collection", "orders")
                .put("ord", ordinal)
                .putNull("lsid")
                .putNull("txnNumber")
                .put("wallTime", op.equals("r") ? 0L : second * 1_000 + 345);
        value.put("op", op).put("ts_ms", second * 1_000 + 400).putNull("transaction");
        return new Raw(key(id), bytes(value), null, null, 0, 0);
    }

    private static byte[] key(BsonValue id) {
        String wrapped = new BsonDocument("_", id).toJson(ID);
        return bytes(JSON.createObjectNode().put("id", wrapped.substring(6, wrapped.length() - 1)));
    }

    /** The same record with schemas. */
    public static Raw withSchema(Raw raw) {
        return new Raw(wrapped(raw.key()), wrapped(raw.value()), null, null, raw.stored(), raw.received());
    }

    private static byte @Nullable [] wrapped(byte @Nullable [] payload) {
        return payload == null
                ? null
                : ("{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":"
                                + new String(payload, StandardCharsets.UTF_8) + "}")
                        .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
