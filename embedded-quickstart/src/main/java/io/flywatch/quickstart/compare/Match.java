package io.flywatch.quickstart.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** Whether a value arrived. Numbers are compared by value, all else exactly; a missing field is no null. */
final class Match {

    private Match() {}

    static boolean matches(@Nullable Object expected, @Nullable BsonValue actual) {
        if (actual == null) {
            return false;
        }
        return switch (expected) {
            case null -> actual.isNull();
            case BigDecimal number -> number(number, actual);
            case Double number -> floating(number, actual);
            case String text ->
                actual.isString() && actual.asString().getValue().equals(text);
            case Boolean truth -> actual.isBoolean() && actual.asBoolean().getValue() == truth;
            case Moment moment -> actual.isDateTime() && actual.asDateTime().getValue() == moment.millis();
            case LocalTime time ->
                actual.isString() && isTime(time, actual.asString().getValue());
            case OffsetTime time ->
                actual.isString() && isTime(time, actual.asString().getValue());
            case Span span ->
                actual.isString() && span.equals(Span.ofIso(actual.asString().getValue()));
            case byte[] bytes ->
                actual.isBinary() && Arrays.equals(bytes, actual.asBinary().getData());
            case List<?> list -> actual.isArray() && list(list, actual.asArray());
            case JsonNode json -> json(json, actual);
            default -> throw new IllegalArgumentException("a value of the class " + expected.getClass());
        };
    }

    private static boolean number(BigDecimal expected, BsonValue actual) {
        if (actual.isString()) {
            // More digits than MongoDB's decimals hold.
            return expected.precision() > 34
                    && expected.toPlainString().equals(actual.asString().getValue());
        }
        BigDecimal value = value(actual);
        return value != null && value.compareTo(expected) == 0;
    }

    /** The exact value of a finite number; null for anything else. */
    static @Nullable BigDecimal value(BsonValue actual) {
        return switch (actual.getBsonType()) {
            case INT32, INT64 -> BigDecimal.valueOf(((BsonNumber) actual).longValue());
            case DECIMAL128 -> decimal(actual.asDecimal128().getValue());
            case DOUBLE -> {
                double number = actual.asDouble().getValue();
                yield Double.isFinite(number) ? new BigDecimal(Double.toString(number)) : null;
            }
            default -> null;
        };
    }

    private static @Nullable BigDecimal decimal(Decimal128 number) {
        if (!number.isFinite()) {
            return null;
        }
        try {
            return number.bigDecimalValue();
        } catch (ArithmeticException e) {
            // Minus zero, which BigDecimal does not know.
            return BigDecimal.ZERO;
        }
    }

    private static boolean floating(double expected, BsonValue actual) {
        if (!actual.isNumber()) {
            return false;
        }
        double value = actual.isDecimal128()
                ? Double.parseDouble(actual.asDecimal128().getValue().toString())
                : actual.asNumber().doubleValue();
        return Double.compare(value, expected) == 0
                || value == expected
                || (isSingle(expected) && (float) value == (float) expected);
    }

    // A value of type real arrives as the shortest decimal that stands for it.
    private static boolean isSingle(double value) {
        return (float) value == value;
    }

    private static boolean isTime(LocalTime expected, String actual) {
        try {
            return LocalTime.parse(actual).equals(expected);
        } catch (DateTimeException e) {
            return false;
        }
    }

    // The zone may have been turned into another, the time is the same.
    private static boolean isTime(OffsetTime expected, String actual) {
        try {
            return OffsetTime.parse(actual).isEqual(expected);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean list(List<?> expected, BsonArray actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!matches(expected.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean json(JsonNode expected, BsonValue actual) {
        return switch (expected.getNodeType()) {
            case OBJECT -> actual.isDocument() && object(expected, actual.asDocument());
            case ARRAY -> actual.isArray() && array(expected, actual.asArray());
            case NUMBER -> number(expected.decimalValue(), actual);
            case STRING -> matches(expected.textValue(), actual);
            case BOOLEAN -> matches(expected.booleanValue(), actual);
            case NULL -> actual.isNull();
            case MISSING, BINARY, POJO -> false;
        };
    }

    private static boolean object(JsonNode expected, BsonDocument actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            BsonValue value = actual.get(field.getKey());
            if (value == null || !json(field.getValue(), value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean array(JsonNode expected, BsonArray actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!json(expected.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }
}
