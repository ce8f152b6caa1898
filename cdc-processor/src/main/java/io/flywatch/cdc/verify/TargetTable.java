package io.flywatch.cdc.verify;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The same table at the target, where it may have another shape: it speaks of rows by the source's keys. */
public interface TargetTable {

    /**
     * Whether its keys are in the source's order, so that a range of keys means the same on both sides. Where that is not sure, as with
     * text under a collation, rows are looked up by their keys instead, and a second pass looks for rows that the source has not.
     */
    boolean isOrderedAsSource();

    /** The checksum of a chunk, computed in the database, which equals the source's for equal rows; empty if that can't be. */
    Optional<Checksum> checksum(KeyRange range);

    /** The rows of a chunk, in any order. */
    void scan(KeyRange range, Consumer<RowDigest> rows);

    /** The rows of these keys, in any order. */
    void find(Collection<RowKey> keys, Consumer<RowDigest> rows);

    /** The rows of these keys, with all that a close look needs. */
    Map<RowKey, RowImage> read(Collection<RowKey> keys);

    /**
     * The next keys, in the target's own order; of a table that is ordered as the source's, foreign ones are enough, as its ranges
     * have shown all others.
     *
     * @param place where the last page ended; null for the first one
     */
    KeyPage keys(@Nullable String place, int most);
}
