package io.flywatch.cdc.order;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import org.jspecify.annotations.Nullable;

/**
 * A row between its old key and its new one: gone under the old, not yet come under the new. It has to be kept, as the change that
 * brings it under its new key may leave out its large values.
 *
 * @param to the new key
 * @param known what the batch knew of the row before it left; null if nothing
 * @param origin where the rest of the row stands; null if {@code known} is all of it
 */
public record Leaving(Key to, @Nullable Row known, @Nullable Origin origin) {

    /** The row that leaves {@code key}, where {@code before} is what the batch knew of it. */
    static Leaving of(Key key, Key to, @Nullable Write before) {
        return switch (before) {
            case Write.Replace write -> new Leaving(to, write.row(), null);
            case Write.Patch write -> new Leaving(to, write.row(), new Origin(key, null));
            case Write.Move write -> new Leaving(to, write.row(), write.origin());
            case Write.Delete gone -> new Leaving(to, null, null);
            case null -> new Leaving(to, null, new Origin(key, null));
        };
    }
}
