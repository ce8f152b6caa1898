package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.ColumnType;
import org.jspecify.annotations.Nullable;

/** What applying a change writes into the columns of MySQL or MariaDB. */
public interface Cells {

    /**
     * What is written for a value: text, or bytes; throws IllegalArgumentException or ArithmeticException if it has no form there.
     *
     * @param type the column's type without a length
     * @param length in characters, bits or digits; -1 if it has none
     */
    @Nullable
    Object of(@Nullable Object value, String column, String type, int length);

    /** The type of the column that is made for values of a type. */
    String typeOf(ColumnType source);
}
