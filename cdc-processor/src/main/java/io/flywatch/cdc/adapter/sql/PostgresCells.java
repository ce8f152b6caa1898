package io.flywatch.cdc.adapter.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.cdc.change.Endless;
import io.flywatch.cdc.change.Json;
import io.flywatch.cdc.change.NotFinite;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as PostgreSQL reads them from text: whatever the column's type is, its own input function decides. */
final class PostgresCells {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HexFormat HEX = HexFormat.of();

    private PostgresCells() {}

    static @Nullable String of(@Nullable Object value, TargetColumn column) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean truth -> truth(truth, column);
            case BigDecimal number -> number.toPlainString();
            case Instant time -> timestamp(LocalDateTime.ofInstant(time, ZoneOffset.UTC), "+00");
            case LocalDateTime time -> timestamp(time, "");
            case LocalDate day -> date(day) + era(day.getYear());
            case Json json -> column.type().equals("hstore") ? hstore(json.text()) : json.text();
            case ByteBuffer bytes -> bytes(bytes, column);
            case List<?> list -> column.type().endsWith("[]") ? array(list, column) : PortableJson.of(list);
            case Map<?, ?> map -> struct(map, column);
            case NotFinite number -> notFinite(number);
            case Endless time -> time.text();
            default -> value.toString();
        };
    }

    private static String truth(boolean truth, TargetColumn column) {
        return switch (column.type()) {
            case "boolean", "text", "character varying", "json", "jsonb", "boolean[]" -> Boolean.toString(truth);
            default -> truth ? "1" : "0";
        };
    }

    private static String bytes(ByteBuffer bytes, TargetColumn column) {
        return column.type().equals("text") || column.type().equals("character varying")
                ? HEX.formatHex(bytes.array())
                : "\\x" + HEX.formatHex(bytes.array());
    }

    static String notFinite(NotFinite number) {
        return switch (number) {
            case NAN -> "NaN";
            case POSITIVE -> "Infinity";
            case NEGATIVE -> "-Infinity";
        };
    }

    /** PostgreSQL knows no year 0: the one before 1 is 1 BC. */
    private static String date(LocalDate day) {
        int year = day.getYear() > 0 ? day.getYear() : 1 - day.getYear();
        return padded(year, 4) + "-" + padded(day.getMonthValue(), 2) + "-" + padded(day.getDayOfMonth(), 2);
    }

    private static String era(int year) {
        return year > 0 ? "" : " BC";
    }

    private static String timestamp(LocalDateTime time, String zone) {
        StringBuilder text =
                new StringBuilder(36).append(date(time.toLocalDate())).append(' ');
        text.append(padded(time.getHour(), 2)).append(':').append(padded(time.getMinute(), 2));
        text.append(':').append(padded(time.getSecond(), 2));
        if (time.getNano() != 0) {
            text.append('.').append(padded(time.getNano() / 1_000, 6));
        }
        return text.append(zone).append(era(time.getYear())).toString();
    }

    static String padded(int number, int digits) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    private static String array(List<?> list, TargetColumn column) {
        TargetColumn element = new TargetColumn(
                column.name(), column.type().substring(0, column.type().length() - 2), -1, -1, false);
        StringBuilder text = new StringBuilder("{");
        for (Object value : list) {
            text.append(text.length() == 1 ? "" : ",");
            if (value == null) {
                text.append("NULL");
            } else if (value instanceof List<?> inner) {
                text.append(array(inner, column));
            } else {
                quote(String.valueOf(of(value, element)), text);
            }
        }
        return text.append('}').toString();
    }

    private static void quote(String element, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < element.length(); i++) {
            char c = element.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        text.append('"');
    }

    private static String struct(Map<?, ?> map, TargetColumn column) {
        boolean point = column.type().equals("point") && map.containsKey("x") && map.containsKey("y");
        if (point) {
            return "(" + map.get("x") + "," + map.get("y") + ")";
        }
        if (map.get("wkb") instanceof ByteBuffer wkb && !column.type().startsWith("json")) {
            return bytes(wkb, column);
        }
        return PortableJson.of(map);
    }

    private static String hstore(String json) {
        try {
            StringBuilder text = new StringBuilder();
            Iterator<Map.Entry<String, JsonNode>> pairs = JSON.readTree(json).fields();
            while (pairs.hasNext()) {
                Map.Entry<String, JsonNode> pair = pairs.next();
                text.append(text.isEmpty() ? "" : ",");
                quote(pair.getKey(), text);
                text.append("=>");
                if (pair.getValue().isNull()) {
                    text.append("NULL");
                } else {
                    quote(pair.getValue().asText(), text);
                }
            }
            return text.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a column of pairs is no JSON", e);
        }
    }
}
