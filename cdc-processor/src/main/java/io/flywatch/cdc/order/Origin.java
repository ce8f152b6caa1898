package io.flywatch.cdc.order;

import io.flywatch.cdc.change.Key;
import org.jspecify.annotations.Nullable;

/**
 * Where the rest of a row stands at the target before the batch.
 *
 * @param key the key that it stands under, unless it is kept aside
 * @param aside the new key that it may be kept aside for, if it left its old key in an earlier batch; null if it did not leave
 */
public record Origin(Key key, @Nullable Key aside) {}
