package io.flywatch.quickstart.compare;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A row's key at the source, which can be held against an {@code _id}.
 *
 * @param fields the names of its parts
 * @param values the parts
 */
record RowKey(List<String> fields, List<Object> values) {

    RowKey {
        fields = List.copyOf(fields);
        values = List.copyOf(values);
    }

    /** Where this key stands to an {@code _id} in MongoDB's order: negative if before it, 0 if it is the same. */
    int compareTo(BsonValue id) {
        if (values.size() == 1) {
            return compare(values.getFirst(), id);
        }
        if (!id.isDocument()) {
            return 1;
        }
        BsonDocument parts = id.asDocument();
        for (int i = 0; i < values.size(); i++) {
            BsonValue part = parts.get(fields.get(i));
            int order = part == null ? 1 : compare(values.get(i), part);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(Object expected, BsonValue actual) {
        return switch (expected) {
            case BigDecimal number -> {
                @Nullable BigDecimal value = Match.value(actual);
                yield value == null ? kinds(expected, actual) : number.compareTo(value);
            }
            case Double number ->
                actual.isNumber() ? Double.compare(number, actual.asNumber().doubleValue()) : kinds(expected, actual);
            case String text ->
                actual.isString() ? byCodePoints(text, actual.asString().getValue()) : kinds(expected, actual);
            case Boolean truth ->
                actual.isBoolean() ? Boolean.compare(truth, actual.asBoolean().getValue()) : kinds(expected, actual);
            case Moment moment ->
                actual.isDateTime()
                        ? Long.compare(moment.millis(), actual.asDateTime().getValue())
                        : kinds(expected, actual);
            case byte[] bytes ->
                actual.isBinary() ? binary(bytes, actual.asBinary().getData()) : kinds(expected, actual);
            default ->
                actual.isString()
                        ? byCodePoints(expected.toString(), actual.asString().getValue())
                        : kinds(expected, actual);
        };
    }

    /** One text for all keys that are equal. */
    String text() {
        return values.stream().map(RowKey::text).collect(Collectors.joining("\u0000"));
    }

    /** The same for an {@code _id} of a key with these fields. */
    static String text(BsonValue id, List<String> fields) {
        if (fields.size() == 1 || !id.isDocument()) {
            return text(id);
        }
        return fields.stream()
                .map(field -> text(id.asDocument().get(field, BsonNull.VALUE)))
                .collect(Collectors.joining("\u0000"));
    }

    private static String text(Object value) {
        return switch (value) {
            case BigDecimal number -> "n" + number.stripTrailingZeros().toPlainString();
            case Moment moment -> "t" + moment.millis();
            case byte[] bytes -> "b" + HexFormat.of().formatHex(bytes);
            case Boolean truth -> "?" + truth;
            case Double number
            when Double.isFinite(number) ->
                "n"
                        + new BigDecimal(Double.toString(number))
                                .stripTrailingZeros()
                                .toPlainString();
            default -> "s" + value;
        };
    }

    private static String text(BsonValue value) {
        BigDecimal number = Match.value(value);
        if (number != null) {
            return text(number);
        }
        return switch (value.getBsonType()) {
            case DATE_TIME -> text(new Moment(value.asDateTime().getValue()));
            case BINARY -> text(value.asBinary().getData());
            case BOOLEAN -> text(value.asBoolean().getValue());
            case STRING -> text(value.asString().getValue());
            default -> value.toString();
        };
    }

    private static int kinds(Object expected, BsonValue actual) {
        return rank(expected) <= rank(actual.getBsonType()) ? -1 : 1;
    }

    private static int rank(Object expected) {
        return switch (expected) {
            case BigDecimal number -> 1;
            case Double number -> 1;
            case String text -> 2;
            case byte[] bytes -> 5;
            case Boolean truth -> 8;
            default -> 9;
        };
    }

    // The order that MongoDB sorts types in.
    private static int rank(BsonType type) {
        return switch (type) {
            case INT32, INT64, DOUBLE, DECIMAL128 -> 1;
            case STRING, SYMBOL -> 2;
            case DOCUMENT -> 3;
            case ARRAY -> 4;
            case BINARY -> 5;
            case OBJECT_ID -> 7;
            case BOOLEAN -> 8;
            case DATE_TIME -> 9;
            case NULL, UNDEFINED, MIN_KEY, END_OF_DOCUMENT -> 0;
            case TIMESTAMP, REGULAR_EXPRESSION, DB_POINTER, JAVASCRIPT, JAVASCRIPT_WITH_SCOPE, MAX_KEY -> 10;
        };
    }

    private static int binary(byte[] a, byte[] b) {
        return a.length == b.length ? Arrays.compareUnsigned(a, b) : Integer.compare(a.length, b.length);
    }

    // As UTF-8 sorts; Java's own order puts characters outside the basic plane elsewhere.
    private static int byCodePoints(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length()) {
            int x = a.codePointAt(i);
            int y = b.codePointAt(i);
            if (x != y) {
                return Integer.compare(x, y);
            }
            i += Character.charCount(x);
        }
        return Integer.compare(a.length(), b.length());
    }

    @Override
    public String toString() {
        return values.stream()
                .map(value -> value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString())
                .collect(Collectors.joining(", "));
    }
}
