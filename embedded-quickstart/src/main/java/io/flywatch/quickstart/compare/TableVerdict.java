package io.flywatch.quickstart.compare;

import java.util.List;

/**
 * What the comparison of one table found.
 *
 * @param table {@code schema.table}
 * @param rows rows at the source
 * @param documents documents at the target
 * @param missing rows that have no document
 * @param extra documents that have no row
 * @param different documents whose contents differ
 * @param examples the first differences in words
 */
public record TableVerdict(
        String table, long rows, long documents, long missing, long extra, long different, List<String> examples) {

    public TableVerdict {
        examples = List.copyOf(examples);
    }

    /** Whether both hold the same. */
    public boolean equal() {
        return rows == documents && missing == 0 && extra == 0 && different == 0;
    }
}
