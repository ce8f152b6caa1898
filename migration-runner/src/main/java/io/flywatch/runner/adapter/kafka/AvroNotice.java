package io.flywatch.runner.adapter.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A connector's notification in Avro, which a connector whose records are in Avro writes, too. Its fields are those of
 * {@code io.debezium.connector.common.Notification}, in that order ({@code id}, {@code type}, {@code aggregate_type}, a map or nothing {@code additional_data},
 * {@code timestamp}), so that no registry has to be asked for its schema.
 *
 * @param bytes what is left to read
 */
record AvroNotice(ByteBuffer bytes) {
    /** Behind nothing, where the schema's number is in a header; else behind a zero and 8 or 4 bytes. */
    private static final int[] BEGINNINGS = {0, 1 + Long.BYTES, 1 + Integer.BYTES};

    private static final int CONTINUES = 0x80;
    private static final int BITS = 0x7f;
    private static final int STEP = 7;

    /** As JSON; empty if it is no notification in Avro. */
    static Optional<JsonNode> json(byte[] message) {
        if (message.length > 0 && message[0] == '{') {
            return Optional.empty();
        }
        for (int beginning : BEGINNINGS) {
            if (message.length > beginning) {
                try {
                    AvroNotice notice = new AvroNotice(ByteBuffer.wrap(message, beginning, message.length - beginning)
                            .slice());
                    JsonNode read = notice.read();
                    if (!notice.bytes.hasRemaining()) {
                        return Optional.of(read);
                    }
                } catch (CharacterCodingException | RuntimeException notHere) {
                    // It begins elsewhere, or is something else.
                }
            }
        }
        return Optional.empty();
    }

    private JsonNode read() throws CharacterCodingException {
        ObjectNode notice = JsonNodeFactory.instance.objectNode();
        notice.put("id", text());
        notice.put("type", text());
        notice.put("aggregate_type", text());
        boolean isThere = number() != 0;
        notice.set("additional_data", isThere ? map() : null);
        notice.put("timestamp", number());
        return notice;
    }

    /** Blocks of entries until an empty one; a negative number of them is followed by their size. */
    private ObjectNode map() throws CharacterCodingException {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        for (long entries = number(); entries != 0; entries = number()) {
            if (entries < 0) {
                number();
            }
            for (long i = Math.abs(entries); i > 0; i--) {
                map.put(text(), text());
            }
        }
        return map;
    }

    private String text() throws CharacterCodingException {
        int length = Math.toIntExact(number());
        ByteBuffer text = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    }

    /** A whole number by its sign in the last bit, seven bits a byte. */
    private long number() {
        long number = 0;
        int shift = 0;
        int next;
        do {
            next = bytes.get();
            number |= (long) (next & BITS) << shift;
            shift += STEP;
        } while ((next & CONTINUES) != 0);
        return number >>> 1 ^ -(number & 1);
    }
}
