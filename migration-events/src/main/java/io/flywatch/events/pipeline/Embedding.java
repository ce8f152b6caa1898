package io.flywatch.events.pipeline;

import java.util.List;

/**
 * Rows that become elements of an array in the documents of another table, which their foreign key names.
 *
 * @param parent {@code schema.table} at the source of the rows that become the documents
 * @param array the field of the documents that holds the array
 * @param foreignKey the columns that hold the parent's key, in its order and by their names at the source
 */
public record Embedding(String parent, String array, List<String> foreignKey) {
    public Embedding {
        foreignKey = List.copyOf(foreignKey);
    }
}
