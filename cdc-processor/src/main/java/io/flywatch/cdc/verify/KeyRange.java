package io.flywatch.cdc.verify;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a chunk, by the order of their keys.
 *
 * @param after they come after this key; null for all from the first
 * @param upTo the last of them; null for all to the last
 */
public record KeyRange(@Nullable RowKey after, @Nullable RowKey upTo) {}
