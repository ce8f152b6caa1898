package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.verify.Digest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    private final MessageDigest md5;
    private final byte[] sum = new byte[16];
    private final byte[] number = new byte[16];
    private final ByteBuffer sums = ByteBuffer.wrap(sum).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer numbers = ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN);

    BsonDigest() {
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    Digest of(BsonDocument document) {
        try (BasicOutputBuffer out = new BasicOutputBuffer(512);
                BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            CODEC.encode(writer, document, EncoderContext.builder().build());
            return of(out.getInternalBuffer(), 0);
        }
    }

    /** Of a document that begins here. */
    Digest of(byte[] bytes, int start) {
        return fields(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), start, true);
    }

    /**
     * Of all of a document but its {@code _id}, that begins here: types count, a null is not a missing field, and inside of documents fields
     * have an order, as MongoDB has it.
     */
    Digest exactly(byte[] bytes, int start) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = start + Integer.BYTES;
        long high = 0;
        long low = 0;
        for (byte type = buffer.get(at); type != 0; type = buffer.get(at)) {
            int value = afterName(buffer, at + 1);
            int end = value + length(buffer, type, value);
            if (!isId(buffer, at + 1, value)) {
                Digest field = md5(bytes, type, at + 1, value - at - 1, bytes, value, end - value);
                high += field.high();
                low += field.low();
            }
            at = end;
        }
        return new Digest(high, low);
    }

    private static boolean isId(ByteBuffer bytes, int name, int value) {
        return value - name == 4 && bytes.get(name) == '_' && bytes.get(name + 1) == 'i' && bytes.get(name + 2) == 'd';
    }

    private static int afterName(ByteBuffer bytes, int name) {
        int at = name;
        while (bytes.get(at) != 0) {
            at++;
        }
        return at + 1;
    }

    private Digest fields(ByteBuffer bytes, int start, boolean top) {
        int at = start + Integer.BYTES;
        long high = 0;
        long low = 0;
        for (byte type = bytes.get(at); type != 0; type = bytes.get(at)) {
            int name = at + 1;
            int value = afterName(bytes, name);
            int end = value + length(bytes, type, value);
            if (!(top && type == NULL)) {
                Digest field = field(bytes, type, name, value, end);
                high += field.high();
                low += field.low();
            }
            at = end;
        }
        return new Digest(high, low);
    }

    private Digest field(ByteBuffer bytes, byte type, int name, int value, int end) {
        if (type == DOCUMENT || type == ARRAY) {
            Digest inner = fields(bytes, value, false);
            numbers.putLong(0, inner.high()).putLong(Long.BYTES, inner.low());
            return md5(bytes.array(), type, name, value - name, number, 0, 16);
        }
        if (type == INT32) {
            numbers.putLong(0, bytes.getInt(value));
            return md5(bytes.array(), (byte) INT64, name, value - name, number, 0, Long.BYTES);
        }
        return md5(bytes.array(), type, name, value - name, bytes.array(), value, end - value);
    }

    private Digest md5(byte[] names, byte type, int name, int nameLength, byte[] values, int value, int length) {
        md5.update(type);
        md5.update(names, name, nameLength);
        md5.update(values, value, length);
        try {
            md5.digest(sum, 0, sum.length);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
        return new Digest(sums.getLong(0), sums.getLong(Long.BYTES));
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
