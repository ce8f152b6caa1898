package io.flywatch.cdc.change;

import com.fasterxml.jackson.databind.JsonNode;

/** In which form a column's values are written: values of one form are read alike. */
final class PlainForm {
    private static final String SOURCE_TYPE = "__debezium.source.column.type";

    private PlainForm() {}

    /** A name for people, too: it stands in errors. */
    static String of(JsonNode field) {
        return of(field, field.path("parameters").path(SOURCE_TYPE).asText());
    }

    private static String of(JsonNode field, String sourceType) {
        String name = field.path("name").asText();
        if (!name.isEmpty()) {
            return name.substring(name.lastIndexOf('.') + 1);
        }
        String type = field.path("type").asText();
        return switch (type) {
            case "int8", "int16", "int32", "int64" -> "an integer";
            case "float", "double" -> "a floating number";
            case "string" -> ValueReaders.isDecimal(sourceType) ? "a decimal number" : "text";
            case "array" ->
                "an array of " + of(field.path("items"), sourceType.startsWith("_") ? sourceType.substring(1) : "");
            default -> type;
        };
    }
}
