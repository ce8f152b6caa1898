package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.verify.Digest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * Digests of documents, from their bytes. A document's digest is the sum of its fields' MD5 sums over type, name and value, so the
 * order of the fields is of no account. An int32 counts as the int64 of its value. A null at the top counts as nothing, as a missing
 * field does. Not for several threads.
 */
final class BsonDigest {
    private static final int DOCUMENT = BsonType.DOCUMENT.getValue();
    private static final int ARRAY = BsonType.ARRAY.getValue();
    private static final int INT32 = BsonType.INT32.getValue();
    private static final int INT64 = BsonType.INT64.getValue();
    private static final int NULL = BsonType.NULL.getValue();
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final FieldSums sums;

    BsonDigest() {
        this(new FieldSums());
    }

    BsonDigest(FieldSums sums) {
        this.sums = sums;
    }

    Digest of(BsonDocument document) {
        add(document);
        return sums.take();
    }

    /** Adds a document's fields to the sum. */
    void add(BsonDocument document) {
        try (BasicOutputBuffer out = new BasicOutputBuffer(512);
                BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            CODEC.encode(writer, document, EncoderContext.builder().build());
            fields(ByteBuffer.wrap(out.getInternalBuffer()).order(ByteOrder.LITTLE_ENDIAN), 0, true);
        }
    }

    /** Of a document that begins here. */
    Digest of(byte[] bytes, int start) {
        fields(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), start, true);
        return sums.take();
    }

    /**
     * Of all of a document but its {@code _id}, that begins here: types count, a null is not a missing field, and inside of documents fields
     * have an order, as MongoDB has it.
     */
    Digest exactly(byte[] bytes, int start) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = start + Integer.BYTES;
        for (byte type = bytes[at]; type != 0; type = bytes[at]) {
            int value = afterName(bytes, at + 1);
            int end = value + length(buffer, type, value);
            if (!isId(bytes, at + 1, value)) {
                sums.add(bytes, at, end);
            }
            at = end;
        }
        return sums.take();
    }

    private static boolean isId(byte[] bytes, int name, int value) {
        return value - name == 4 && bytes[name] == '_' && bytes[name + 1] == 'i' && bytes[name + 2] == 'd';
    }

    private static int afterName(byte[] bytes, int name) {
        int at = name;
        while (bytes[at] != 0) {
            at++;
        }
        return at + 1;
    }

    private void fields(ByteBuffer bytes, int start, boolean top) {
        byte[] array = bytes.array();
        int at = start + Integer.BYTES;
        for (byte type = array[at]; type != 0; type = array[at]) {
            int value = afterName(array, at + 1);
            int end = value + length(bytes, type, value);
            if (!(top && type == NULL)) {
                field(bytes, type, at, value, end);
            }
            at = end;
        }
    }

    private void field(ByteBuffer bytes, byte type, int at, int value, int end) {
        if (type == DOCUMENT || type == ARRAY) {
            Digest outer = sums.take();
            fields(bytes, value, false);
            Digest inner = sums.take();
            sums.resume(outer);
            sums.begin(type, bytes.array(), at + 1, value)
                    .with(inner.high())
                    .with(inner.low())
                    .add();
        } else if (type == INT32) {
            sums.begin(INT64, bytes.array(), at + 1, value)
                    .with((long) bytes.getInt(value))
                    .add();
        } else {
            sums.add(bytes.array(), at, end);
        }
    }

    private static int length(ByteBuffer bytes, byte type, int value) {
        return switch (BsonType.findByValue(type)) {
            case DOUBLE, DATE_TIME, TIMESTAMP, INT64 -> Long.BYTES;
            case INT32 -> Integer.BYTES;
            case BOOLEAN -> 1;
            case NULL, UNDEFINED, MIN_KEY, MAX_KEY -> 0;
            case DECIMAL128 -> 16;
            case OBJECT_ID -> 12;
            case STRING, JAVASCRIPT, SYMBOL -> Integer.BYTES + bytes.getInt(value);
            case DOCUMENT, ARRAY, JAVASCRIPT_WITH_SCOPE -> bytes.getInt(value);
            case BINARY -> Integer.BYTES + 1 + bytes.getInt(value);
            case DB_POINTER -> Integer.BYTES + bytes.getInt(value) + 12;
            case REGULAR_EXPRESSION -> twoTexts(bytes, value);
            case END_OF_DOCUMENT -> throw new IllegalArgumentException("a document that ends in its middle");
        };
    }

    private static int twoTexts(ByteBuffer bytes, int value) {
        int at = value;
        for (int texts = 0; texts < 2; at++) {
            texts += bytes.get(at) == 0 ? 1 : 0;
        }
        return at - value;
    }
}
