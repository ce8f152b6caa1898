package io.flywatch.cdc.change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flywatch.cdc.change.ColumnType.Vendor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of messages without a schema. The names of their columns are in the message, their types in the source's catalogue; what
 * neither tells is not guessed. Columns that are gone from the catalogue are remembered, as their records may still come.
 */
final class PlainRows {
    private static final int KEPT = 8;
    private static final JsonNode IGNORED = JsonNodeFactory.instance.missingNode();

    private final JsonFactory factory;
    private final Catalogue catalogue;
    private final Set<String> ignored;
    private final Map<String, JsonNode> fields = new LinkedHashMap<>();
    private final Set<String> missing = new HashSet<>();
    private final Map<List<String>, Columns> shapes = new HashMap<>();
    private Catalogue.@Nullable Columns latest;
    private @Nullable Columns usual;

    /**
     * Rows of a table.
     *
     * @param ignored columns whose values nobody looks at, so that their types do not matter
     */
    PlainRows(JsonFactory factory, Catalogue catalogue, Set<String> ignored) {
        this.factory = factory;
        this.catalogue = catalogue;
        this.ignored = Set.copyOf(ignored);
    }

    /** Whether a message comes without a schema. */
    static boolean arePlain(byte[] message) {
        return message.length > 0 && message[0] == '{' && !startsWithSchema(message);
    }

    private static boolean startsWithSchema(byte[] message) {
        String head = "{\"schema\":";
        for (int i = 0; i < head.length(); i++) {
            if (i >= message.length || message[i] != head.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The columns that the last row had, which the next one mostly has, too. */
    Columns usual() throws IOException {
        look();
        Columns last = usual;
        return last != null ? last : of(List.copyOf(fields.keySet()));
    }

    /** The columns that a message's row has. */
    Columns of(byte[] message) throws IOException {
        return of(names(message));
    }

    /** Columns of these names, in their order. */
    Columns of(List<String> names) throws IOException {
        look();
        Columns known = shapes.get(names);
        if (known == null) {
            known = Columns.described(described(names), vendor());
            if (shapes.size() == KEPT) {
                shapes.clear();
            }
            shapes.put(names, known);
        }
        usual = known;
        return known;
    }

    private Vendor vendor() {
        return latest == null ? Vendor.UNKNOWN : latest.vendor();
    }

    private List<JsonNode> described(List<String> names) throws IOException {
        if (names.stream().anyMatch(this::isNew)) {
            learn(catalogue.again());
        }
        List<JsonNode> described = new ArrayList<>();
        for (String name : names) {
            JsonNode field = ignored.contains(name)
                    ? JsonNodeFactory.instance
                            .objectNode()
                            .put("type", "ignored")
                            .put("field", name)
                    : fields.getOrDefault(name, IGNORED);
            if (field == IGNORED) {
                throw new IOException(
                        "the record has no schema, and the source's catalogue does not know the type of its column "
                                + name
                                + ": it was dropped since, or is of a type that Debezium does not carry. Discard the record, or let the"
                                + " mapping drop the column and replay it");
            }
            described.add(field);
        }
        return described;
    }

    /** Asked for once: what the catalogue does not have, it does not have for the next record either. */
    private boolean isNew(String name) {
        return !fields.containsKey(name) && !ignored.contains(name) && missing.add(name);
    }

    private void look() throws IOException {
        Catalogue.Columns now = catalogue
                .columns()
                .orElseThrow(() ->
                        new IOException("the record has no schema, and this source does not tell its columns' types:"
                                + " set value.converter.schemas.enable=true"));
        learn(now);
    }

    private void learn(Catalogue.Columns now) {
        if (now == latest) {
            return;
        }
        now.fields().forEach((name, field) -> {
            JsonNode before = fields.get(name);
            if (before != null && !PlainForm.of(before).equals(PlainForm.of(field))) {
                throw new Catalogue.ChangedTypeException(
                        "The column " + name + " was " + PlainForm.of(before) + " and is "
                                + PlainForm.of(field)
                                + " at the source now. Records without a schema do not say as which of the two they"
                                + " were written. Nothing was skipped. Start a new run, or set value.converter.schemas.enable=true.");
            }
        });
        fields.putAll(now.fields());
        missing.clear();
        shapes.clear();
        usual = null;
        latest = now;
    }

    /** The names of the columns of a message's row, or of its key; all that are known if it has no row. */
    private List<String> names(byte[] message) throws IOException {
        try (JsonParser parser = factory.createParser(message)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                if (name.equals("after") && token == JsonToken.START_OBJECT) {
                    return fieldNames(parser);
                }
                parser.skipChildren();
            }
        }
        return List.copyOf(fields.keySet());
    }

    /** The names of the columns of a key. */
    List<String> namesOfKey(byte[] key) throws IOException {
        try (JsonParser parser = factory.createParser(key)) {
            parser.nextToken();
            return fieldNames(parser);
        }
    }

    private static List<String> fieldNames(JsonParser parser) throws IOException {
        List<String> names = new ArrayList<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            names.add(name);
            parser.nextToken();
            parser.skipChildren();
        }
        return names;
    }
}
