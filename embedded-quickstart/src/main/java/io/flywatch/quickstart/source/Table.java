package io.flywatch.quickstart.source;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of the source.
 *
 * @param schema its schema
 * @param name its name
 * @param key the columns of its primary key, in the key's order; empty if it has none
 */
public record Table(String schema, String name, List<String> key) {

    public Table {
        key = List.copyOf(key);
    }

    /** {@code schema.table}, as Flywatch names it. */
    public String id() {
        return schema + "." + name;
    }

    /** As SQL names it. */
    public String sqlName() {
        return quoted(schema) + "." + quoted(name);
    }

    /** The key's columns as SQL names them. */
    public String sqlKey() {
        return key.stream().map(Table::quoted).collect(Collectors.joining(", "));
    }

    /** A name as SQL takes it. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
