package io.flywatch.events.progress;

import org.jspecify.annotations.Nullable;

/**
 * How far one table or collection is.
 *
 * @param table its name at the source, {@code schema.table}, or the collection's
 * @param rowsDone rows or documents done so far
 * @param rowsTotal how many there will be, as far as known
 * @param rowsPerSecond lately
 * @param eta when it will be done; null if unknown
 * @param done whether all of it is done
 */
public record TableProgress(
        String table,
        long rowsDone,
        @Nullable Long rowsTotal,
        double rowsPerSecond,
        @Nullable Eta eta,
        boolean done) {}
