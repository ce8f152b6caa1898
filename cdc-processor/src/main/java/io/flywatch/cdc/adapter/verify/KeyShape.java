package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.verify.RowKey;
import java.util.List;
import java.util.function.Function;

/**
 * What a target has to know of a table's key at the source.
 *
 * @param columns their names at the target, in the key's order
 * @param types their types as the source's catalogue names them; empty for one whose values are changed on their way
 * @param sortsByBytes whether each is no text, or text that sorts by its bytes
 * @param asDocument whether it stands as a document where there are documents, even if it has one column
 * @param change a key as applying a change of it would write it
 */
public record KeyShape(
        List<String> columns,
        List<String> types,
        boolean sortsByBytes,
        boolean asDocument,
        Function<RowKey, Key> change) {
    public KeyShape {
        columns = List.copyOf(columns);
        types = List.copyOf(types);
    }
}
