package io.flywatch.cdc.adapter.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.cdc.change.Json;
import io.flywatch.cdc.change.NotFinite;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The readers of PostgreSQL's types: each yields what {@code docs/types.md} says that the change stream brings, read from the text that
 * the database writes with {@code DateStyle} ISO, {@code IntervalStyle} postgres and the time zone UTC.
 */
final class PgReaders {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PgReaders() {}

    /** The reader of a type; null for types that are not compared. */
    static @Nullable PgReader of(String type, int modifier, boolean isEnum) {
        if (type.startsWith("_")) {
            PgReader element = of(type.substring(1), modifier, isEnum);
            return element == null ? null : text -> PgArrays.read(text, element);
        }
        return isEnum ? text -> text : ofScalar(type, modifier);
    }

    private static @Nullable PgReader ofScalar(String type, int modifier) {
        return switch (type) {
            case "int2", "int4" -> Integer::valueOf;
            case "int8", "oid" -> Long::valueOf;
            case "numeric", "money" -> PgReaders::decimal;
            case "float4", "float8" -> Double::valueOf;
            case "bool" -> "t"::equals;
            case "bit" -> modifier == 1 ? "1"::equals : text -> text;
            case "varbit" -> text -> text.replaceFirst("^0+", "");
            case "bytea" -> PgReaders::bytes;
            case "json", "jsonb" -> Json::new;
            case "hstore" -> PgReaders::map;
            case "date" -> PgTimes::date;
            case "timestamp" -> PgTimes::timestamp;
            case "timestamptz" -> PgTimes::instant;
            case "time" -> PgTimes::time;
            case "timetz" -> PgTimes::timeWithZone;
            case "interval" -> PgIntervals::iso;
            case "point" -> PgReaders::point;
            case "text", "varchar", "bpchar", "citext", "name", "uuid", "inet", "cidr", "macaddr", "macaddr8" ->
                text -> text;
            case "xml", "tsvector", "ltree", "isbn" -> text -> text;
            case "int4range", "int8range", "numrange", "tsrange", "daterange" -> text -> text;
            default -> null;
        };
    }

    static Object decimal(String text) {
        return switch (text) {
            case "NaN" -> NotFinite.NAN;
            case "Infinity" -> NotFinite.POSITIVE;
            case "-Infinity" -> NotFinite.NEGATIVE;
            default -> new BigDecimal(text);
        };
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(text, 2, text.length()));
    }

    private static Map<String, @Nullable String> map(String json) {
        try {
            return MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, @Nullable String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL wrote an hstore as JSON that is none", e);
        }
    }

    /** As Debezium writes it: the coordinates, and well-known binary with the least byte first. */
    private static Map<String, @Nullable Object> point(String text) {
        int comma = text.indexOf(',');
        double x = Double.parseDouble(text.substring(1, comma));
        double y = Double.parseDouble(text.substring(comma + 1, text.length() - 1));
        byte[] wkb = ByteBuffer.allocate(21)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 1)
                .putInt(1)
                .putDouble(x)
                .putDouble(y)
                .array();
        Map<String, @Nullable Object> point = new LinkedHashMap<>();
        point.put("x", x);
        point.put("y", y);
        point.put("wkb", ByteBuffer.wrap(wkb));
        point.put("srid", null);
        return point;
    }
}
