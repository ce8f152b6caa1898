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
 * @param from the key under which the rest of the row stands at the target before the batch; null if {@code known} is all of it
 */
public record Leaving(Key to, @Nullable Row known, @Nullable Key from) {

    /** The row that leaves {@code key}, where {@code before} is what the batch knew of it. */
    static Leaving of(Key key, Key to, @Nullable Write before) {
        return switch (before) {
            case Write.Replace write -> new Leaving(to, write.row(), null);
            case Write.Patch write -> new Leaving(to, write.row(), key);
            case Write.Move write -> new Leaving(to, write.row(), write.from());
            case Write.Delete gone -> new Leaving(to, null, null);
            case null -> new Leaving(to, null, key);
        };
    }
}
