package io.flywatch.cdc.change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Parses the schema part of messages once. Kafka Connect's JSON converter writes the schema before the payload, and the same bytes
 * again in every message of a topic: so the bytes are the key.
 *
 * @param <S> what a schema is made into
 */
final class SchemaCache<S> {

    private static final int KEPT = 8;

    private final JsonFactory factory;
    private final ObjectMapper mapper;
    private final Function<JsonNode, S> make;
    private final List<Known<S>> known = new ArrayList<>();

    SchemaCache(JsonFactory factory, Function<JsonNode, S> make) {
        this.factory = factory;
        this.mapper = new ObjectMapper(factory);
        this.make = make;
    }

    /** The schema of a message, and where its payload begins. */
    Known<S> of(byte[] message) throws IOException {
        for (Known<S> candidate : known) {
            if (candidate.begins(message)) {
                return candidate;
            }
        }
        Known<S> parsed = parse(message);
        if (known.size() == KEPT) {
            known.removeLast();
        }
        known.addFirst(parsed);
        return parsed;
    }

    private Known<S> parse(byte[] message) throws IOException {
        try (JsonParser parser = factory.createParser(message)) {
            if (parser.nextToken() != JsonToken.START_OBJECT || !"schema".equals(parser.nextFieldName())) {
                throw new IOException("there is no schema before the payload");
            }
            parser.nextToken();
            JsonNode schema = mapper.readTree(parser);
            if (schema == null || !schema.isObject() || !"payload".equals(parser.nextFieldName())) {
                throw new IOException("there is no payload after a schema");
            }
            parser.nextToken();
            int payload = (int) parser.currentTokenLocation().getByteOffset();
            return new Known<>(make.apply(schema), Arrays.copyOf(message, payload));
        }
    }

    /**
     * A schema that was met.
     *
     * @param head the messages' bytes up to the payload
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by range only
    record Known<S>(S schema, byte[] head) {
        private boolean begins(byte[] message) {
            return message.length > head.length && Arrays.equals(message, 0, head.length, head, 0, head.length);
        }
    }
}
