package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.change.Unavailable;
import io.flywatch.cdc.mapping.FieldPath;
import io.flywatch.cdc.verify.Digest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Digests of rows as the documents that they become: those that {@link BsonDigest} has of {@link Documents#of}, without a document where
 * every column is a field of its own. Not for several threads.
 */
final class RowDigests {
    private static final byte[] ID = {'_', 'i', 'd', 0};
    private static final int DECIMAL_BIAS = 6176;
    private static final int DECIMAL_EXPONENT = 49;
    private static final int LONG_DIGITS = 18;
    private static final int MOST_SCALE = 1_000;

    private final FieldSums sums = new FieldSums();
    private final BsonDigest digests = new BsonDigest(sums);
    private @Nullable Shape shape;
    private byte[][] names = {};

    /** Whether a row's columns are fields of their own. */
    static boolean areFlat(Shape shape) {
        return !DocumentDecoder.areDocuments(shape)
                && shape.names().stream().noneMatch(FieldPath::isNested)
                && shape.names().stream().map(FieldNames::column).distinct().count() == shape.size();
    }

    /** The digest of a document. */
    Digest of(BsonDocument document) {
        return digests.of(document);
    }

    /** The digest of a row with such columns. */
    Digest of(Key key, Row row) {
        if (row.shape() != shape) {
            shape = row.shape();
            names = row.shape().names().stream()
                    .map(name -> (FieldNames.column(name) + '\0').getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
        }
        id(Documents.id(key));
        for (int i = 0; i < names.length; i++) {
            Object value = row.value(i);
            if (value != null && value != Unavailable.VALUE) {
                add(names[i], value);
            }
        }
        return sums.take();
    }

    private void id(BsonValue id) {
        switch (id) {
            case BsonInt32 number -> add(ID, number.getValue());
            case BsonInt64 number -> add(ID, number.getValue());
            case BsonString text -> add(ID, text.getValue());
            default -> digests.add(new BsonDocument(Documents.ID, id));
        }
    }

    private void add(byte[] name, Object value) {
        switch (value) {
            case String text -> begin(BsonType.STRING, name).with(text).add();
            case Integer number ->
                begin(BsonType.INT64, name).with(number.longValue()).add();
            case Long number -> begin(BsonType.INT64, name).with((long) number).add();
            case Boolean truth ->
                begin(BsonType.BOOLEAN, name).with((boolean) truth).add();
            case Instant time ->
                begin(BsonType.DATE_TIME, name).with(time.toEpochMilli()).add();
            case BigDecimal number when isShort(number) -> decimal(name, number);
            default -> digests.add(new BsonDocument(text(name), BsonValues.of(value)));
        }
    }

    private FieldSums begin(BsonType type, byte[] name) {
        return sums.begin(type.getValue(), name, 0, name.length);
    }

    private static String text(byte[] name) {
        return new String(name, 0, name.length - 1, StandardCharsets.UTF_8);
    }

    private static boolean isShort(BigDecimal number) {
        return number.precision() <= LONG_DIGITS && Math.abs(number.scale()) <= MOST_SCALE;
    }

    /** Decimal128's binary form: the digits as a whole number, and in front of them sign and exponent. */
    private void decimal(byte[] name, BigDecimal number) {
        long digits = number.unscaledValue().longValue();
        long sign = digits < 0 ? Long.MIN_VALUE : 0;
        begin(BsonType.DECIMAL128, name)
                .with(Math.abs(digits))
                .with(sign | (long) (DECIMAL_BIAS - number.scale()) << DECIMAL_EXPONENT)
                .add();
    }
}
