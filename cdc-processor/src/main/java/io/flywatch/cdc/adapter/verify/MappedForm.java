package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.Digest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose columns are renamed, dropped, cast or masked on their way, by the same mapping that changes go through. A row that it can't map
 * equals nothing that the target could have: its changes are in the dead letters. Not for several threads.
 */
final class MappedForm implements Form {
    private static final String UNMAPPED = "(mapping)";

    private final Form inner;
    private final TableMapping mapping;

    MappedForm(Form inner, TableMapping mapping) {
        this.inner = inner;
        this.mapping = mapping;
    }

    @Override
    public Digest digest(Key key, Row row) {
        try {
            return inner.digest(mapping.key(key), mapping.row(row));
        } catch (IllegalArgumentException unmapped) {
            return new Digest(Long.MIN_VALUE, key.hashCode());
        }
    }

    @Override
    public Map<String, @Nullable String> image(Key key, Row row) {
        try {
            return inner.image(mapping.key(key), mapping.row(row));
        } catch (IllegalArgumentException unmapped) {
            Map<String, @Nullable String> image = new HashMap<>();
            image.put(UNMAPPED, unmapped.getMessage());
            return image;
        }
    }

    @Override
    public boolean isWhole() {
        return inner.isWhole();
    }
}
