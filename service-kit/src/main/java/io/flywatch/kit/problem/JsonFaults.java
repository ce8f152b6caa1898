package io.flywatch.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with JSON, where, in words of JSON: who calls knows neither Jackson nor our classes. */
public final class JsonFaults {
    private static final int MOST = 80;

    private JsonFaults() {}

    /** A sentence without its full stop: {@code at tables[0]: here stands no text (line 1, column 12)}. */
    public static String told(JsonProcessingException e) {
        var at = e.getLocation();
        String where = at == null || at.getLineNr() < 1
                ? ""
                : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        String path = e instanceof JsonMappingException mapping ? path(mapping) : "";
        return (path.isEmpty() ? "" : "at " + path + ": ") + what(e) + where;
    }

    private static String what(JsonProcessingException e) {
        return switch (e) {
            case UnrecognizedPropertyException it ->
                "the field '" + shown(it.getPropertyName()) + "' is unknown" + known(it);
            case InvalidNullException it -> "null stands where a value is needed";
            case InvalidFormatException it ->
                "'" + shown(String.valueOf(it.getValue())) + "' is no " + kind(it.getTargetType());
            case ValueInstantiationException it ->
                it.getCause() instanceof IllegalArgumentException cause && cause.getMessage() != null
                        ? cause.getMessage()
                        : "the value is not allowed";
            case MismatchedInputException it
            when it.getTargetType() != null -> "here has to stand " + article(kind(it.getTargetType()));
            default -> syntax(String.valueOf(e.getOriginalMessage()));
        };
    }

    /** The parser's own words, without those that are meant for who programs it. */
    private static String syntax(String message) {
        String line = message.lines().findFirst().orElse("");
        return shown(line.replaceAll("\\s*\\([^()]*`[^`]*`[^()]*\\)|, from `[^`]*`", "")
                .replaceAll("`([\\w.]+\\.)?(\\w+)[^`]*`", "$2"));
    }

    private static String known(UnrecognizedPropertyException e) {
        Collection<Object> known = e.getKnownPropertyIds();
        return known == null || known.isEmpty()
                ? ""
                : "; known are " + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (Reference each : e.getPath()) {
            if (each.getFieldName() == null) {
                path.append('[').append(each.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(shown(each.getFieldName()));
            }
        }
        return path.toString();
    }

    private static String article(String kind) {
        return kind.startsWith("true") || kind.startsWith("one ")
                ? kind
                : (kind.startsWith("I") || kind.startsWith("o") ? "an " : "a ") + kind;
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == null || type == String.class) {
            return "text";
        }
        if (type == Instant.class) {
            return "time such as 2026-11-23T07:00:00Z";
        }
        if (type == Duration.class) {
            return "ISO 8601 duration such as PT5M";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type.isEnum()) {
            return "one of: "
                    + Arrays.stream(type.getEnumConstants())
                            .map(it -> it.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            return "whole number in its range";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "number";
        }
        return type.isArray() || Collection.class.isAssignableFrom(type) ? "list" : "object";
    }

    /** The beginning of a long text, and nothing that a terminal would obey. */
    static String shown(String text) {
        String harmless = text.replaceAll("\\p{Cntrl}|[\u202a-\u202e\u2066-\u2069]", "?");
        return harmless.length() <= MOST ? harmless : harmless.substring(0, MOST) + "…";
    }
}
