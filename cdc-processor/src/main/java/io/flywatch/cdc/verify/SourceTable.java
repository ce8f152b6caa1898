package io.flywatch.cdc.verify;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A table at the source. Each method is a look of its own: the table changes between two of them. They throw {@link AwayException} if
 * the database does not answer.
 */
public interface SourceTable {

    /** The key that ends the chunk of so many rows; empty if fewer are left. */
    Optional<RowKey> boundary(KeyRange rest, int rows);

    /** The checksum of a chunk, computed in the database; empty if that can't be. */
    Optional<Checksum> checksum(KeyRange range);

    /** The rows of a chunk, in any order. */
    void scan(KeyRange range, Consumer<RowDigest> rows);

    /** The rows of these keys, in any order. */
    void find(Collection<RowKey> keys, Consumer<RowDigest> rows);

    /** Those of the keys that have a row. */
    Set<RowKey> existing(Collection<RowKey> keys);

    /** The rows of these keys, with all that a close look needs. */
    Map<RowKey, RowImage> read(Collection<RowKey> keys);

    /** Now, at the source. */
    Moment moment();

    /** How many rows there are, as the database's statistics have it. */
    OptionalLong estimate();
}
