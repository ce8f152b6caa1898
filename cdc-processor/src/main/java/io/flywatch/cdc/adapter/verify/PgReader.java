package io.flywatch.cdc.adapter.verify;

import org.jspecify.annotations.Nullable;

/** Reads a value's text, as PostgreSQL writes it, into what the change stream would have brought. */
@FunctionalInterface
interface PgReader {

    /** The value, of a class that {@link io.flywatch.cdc.change.Row} names. */
    @Nullable
    Object read(String text);
}
