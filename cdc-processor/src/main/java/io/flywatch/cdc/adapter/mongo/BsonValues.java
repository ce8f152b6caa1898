package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.change.Bson;
import io.flywatch.cdc.change.Endless;
import io.flywatch.cdc.change.Json;
import io.flywatch.cdc.change.NotFinite;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BSONException;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonParseException;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * What a column's value becomes in MongoDB.
 *
 * <table>
 * <caption>PostgreSQL to BSON</caption>
 * <tr><th>PostgreSQL</th><th>BSON</th><th>loss</th></tr>
 * <tr><td>smallint, integer</td><td>int32</td><td></td></tr>
 * <tr><td>bigint</td><td>int64</td><td></td></tr>
 * <tr><td>numeric, decimal, money</td><td>Decimal128</td><td>more than 34 digits: string; both infinities and NaN are Decimal128</td></tr>
 * <tr><td>real, double precision</td><td>double</td><td></td></tr>
 * <tr><td>boolean</td><td>boolean</td><td></td></tr>
 * <tr><td>char, varchar, text, uuid, enum, inet, cidr, macaddr, ranges, xml, tsvector</td><td>string</td><td></td></tr>
 * <tr><td>bit(n), varbit</td><td>string of 0 and 1</td><td></td></tr>
 * <tr><td>bytea</td><td>binary, subtype 0</td><td></td></tr>
 * <tr><td>json, jsonb</td><td>document, array or scalar, see {@link JsonToBson}</td><td>json: white space, repeated names</td></tr>
 * <tr><td>hstore</td><td>document</td><td></td></tr>
 * <tr><td>date</td><td>date, midnight UTC</td><td>infinity: string</td></tr>
 * <tr><td>timestamp, timestamptz</td><td>date</td><td>cut off to milliseconds; infinity: string</td></tr>
 * <tr><td>time, timetz, interval</td><td>ISO 8601 string</td><td></td></tr>
 * <tr><td>arrays</td><td>array</td><td></td></tr>
 * <tr><td>point, geometry</td><td>document</td><td></td></tr>
 * <tr><td>null</td><td>null</td><td></td></tr>
 * </table>
 */
final class BsonValues {

    private static final int DECIMAL128_DIGITS = 34;

    private BsonValues() {}

    static BsonValue of(@Nullable Object value) {
        return switch (value) {
            case null -> BsonNull.VALUE;
            case String text -> new BsonString(text);
            case Integer number -> new BsonInt32(number);
            case Long number -> new BsonInt64(number);
            case BigDecimal number -> decimal(number);
            case Instant time -> new BsonDateTime(time.toEpochMilli());
            case Boolean truth -> BsonBoolean.valueOf(truth);
            case Bson id ->
                Objects.requireNonNull(parsed("{\"v\": " + id.json() + "}").get("v"));
            case Json json -> JsonToBson.parse(json.text());
            case Double number -> new BsonDouble(number);
            case LocalDateTime time ->
                new BsonDateTime(time.toInstant(ZoneOffset.UTC).toEpochMilli());
            case LocalDate day -> new BsonDateTime(Math.multiplyExact(day.toEpochDay(), 86_400_000L));
            case ByteBuffer bytes -> new BsonBinary(bytes.array());
            case List<?> list -> array(list);
            case Map<?, ?> map -> document(map);
            case NotFinite number -> notFinite(number);
            case Endless time -> new BsonString(time.text());
            default -> throw new IllegalArgumentException("a value of the class " + value.getClass());
        };
    }

    /** Extended JSON of any dialect as the document that it tells of. */
    static BsonDocument parsed(String extendedJson) {
        try {
            return BsonDocument.parse(extendedJson);
        } catch (JsonParseException | BSONException e) {
            throw new IllegalArgumentException("Extended JSON that is none", e);
        }
    }

    /** Decimal128 where it takes every digit that counts, else the digits as text. */
    static BsonValue decimal(BigDecimal number) {
        BigDecimal shortest = number.precision() > DECIMAL128_DIGITS ? number.stripTrailingZeros() : number;
        if (shortest.precision() <= DECIMAL128_DIGITS) {
            try {
                return new BsonDecimal128(new Decimal128(shortest));
            } catch (NumberFormatException outOfRange) {
                return new BsonString(number.toString());
            }
        }
        return new BsonString(number.toPlainString());
    }

    private static BsonValue notFinite(NotFinite number) {
        return new BsonDecimal128(
                switch (number) {
                    case NAN -> Decimal128.NaN;
                    case POSITIVE -> Decimal128.POSITIVE_INFINITY;
                    case NEGATIVE -> Decimal128.NEGATIVE_INFINITY;
                });
    }

    private static BsonArray array(List<?> list) {
        BsonArray array = new BsonArray(list.size());
        for (Object element : list) {
            array.add(of(element));
        }
        return array;
    }

    private static BsonDocument document(Map<?, ?> map) {
        BsonDocument document = new BsonDocument();
        map.forEach((name, value) -> document.put(FieldNames.nested(String.valueOf(name)), of(value)));
        return document;
    }
}
