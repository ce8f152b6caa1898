package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.verify.RowKey;
import java.util.List;
import java.util.function.Function;

/**
 * What a target has to know of a table's key at the source.
 *
 * @param columns their names, in the key's order
 * @param types their types as the source's catalogue names them
 * @param sortsByBytes whether each is no text, or text that sorts by its bytes
 * @param change a key as the change stream brings it
 */
public record KeyShape(List<String> columns, List<String> types, boolean sortsByBytes, Function<RowKey, Key> change) {
    public KeyShape {
        columns = List.copyOf(columns);
        types = List.copyOf(types);
    }
}
