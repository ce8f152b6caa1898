package io.flywatch.quickstart.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a row's values as they have to arrive: BigDecimal, Double, String, Boolean, byte[], {@link Moment}, LocalTime, {@link Span},
 * JsonNode, a List of these, or null.
 */
final class SourceValues {

    private SourceValues() {}

    static @Nullable Object read(ResultSet row, int index, Column column) throws SQLException {
        if (row.getObject(index) == null) {
            return null;
        }
        return switch (column.type()) {
            case "int2", "int4", "int8", "oid" -> new BigDecimal(row.getString(index));
            case "numeric", "money" -> number(row.getString(index));
            case "float4" -> Double.valueOf(row.getFloat(index));
            case "float8" -> row.getDouble(index);
            case "bool" -> row.getBoolean(index);
            case "bytea" -> row.getBytes(index);
            case "json", "jsonb" -> Json.parse(row.getString(index));
            case "date" -> day(row.getObject(index, LocalDate.class));
            case "timestamp" -> local(row.getObject(index, LocalDateTime.class));
            case "timestamptz" -> instant(row.getObject(index, OffsetDateTime.class));
            case "time" -> row.getObject(index, LocalTime.class);
            case "timetz" -> row.getObject(index, OffsetTime.class);
            case "interval" -> Span.ofFigures(row.getString(index));
            default -> column.type().startsWith("_") ? list(row.getArray(index)) : row.getString(index);
        };
    }

    private static Object number(String text) {
        return switch (text) {
            case "NaN", "Infinity", "-Infinity" -> Double.valueOf(text);
            default -> new BigDecimal(text);
        };
    }

    private static Object day(LocalDate day) {
        if (day.equals(LocalDate.MAX) || day.equals(LocalDate.MIN)) {
            return day.equals(LocalDate.MAX) ? "infinity" : "-infinity";
        }
        return new Moment(day.toEpochDay() * 86_400_000L);
    }

    private static Object local(LocalDateTime time) {
        if (time.equals(LocalDateTime.MAX) || time.equals(LocalDateTime.MIN)) {
            return time.equals(LocalDateTime.MAX) ? "infinity" : "-infinity";
        }
        return new Moment(time.toInstant(ZoneOffset.UTC).toEpochMilli());
    }

    private static Object instant(OffsetDateTime time) {
        if (time.equals(OffsetDateTime.MAX) || time.equals(OffsetDateTime.MIN)) {
            return time.equals(OffsetDateTime.MAX) ? "infinity" : "-infinity";
        }
        return new Moment(time.toInstant().toEpochMilli());
    }

    private static List<@Nullable Object> list(Array array) throws SQLException {
        return list((Object[]) array.getArray(), array.getBaseTypeName());
    }

    private static List<@Nullable Object> list(Object[] elements, String type) {
        List<@Nullable Object> list = new ArrayList<>(elements.length);
        for (Object element : elements) {
            list.add(element(element, type));
        }
        return list;
    }

    private static @Nullable Object element(@Nullable Object element, String type) {
        return switch (element) {
            case null -> null;
            case Object[] nested -> list(nested, type);
            case Float number -> Double.valueOf(number);
            case Double number -> number;
            case Number number -> number(number.toString());
            case Timestamp time ->
                type.equals("timestamptz") ? new Moment(time.getTime()) : local(time.toLocalDateTime());
            case Date day -> day(day.toLocalDate());
            case Time time -> time.toLocalTime();
            case UUID uuid -> uuid.toString();
            case Boolean truth -> truth;
            case byte[] bytes -> bytes;
            case JsonNode json -> json;
            default -> type.startsWith("json") ? Json.parse(element.toString()) : element.toString();
        };
    }
}
