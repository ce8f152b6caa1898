package io.flywatch.cdc.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of a table's keys.
 *
 * @param keys those that the source could have
 * @param foreign keys that no row of the source can have, as texts: these rows are extra whatever the source holds
 * @param place where to go on; null if there is no more
 */
public record KeyPage(
        List<RowKey> keys, List<RowKey> foreign, @Nullable String place) {
    public KeyPage {
        keys = List.copyOf(keys);
        foreign = List.copyOf(foreign);
    }
}
