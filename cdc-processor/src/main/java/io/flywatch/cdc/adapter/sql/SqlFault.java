package io.flywatch.cdc.adapter.sql;

import java.sql.SQLException;

/** Why a statement failed. No reason names a value of a row. */
sealed interface SqlFault {
    /** For a person. */
    String reason();

    /** A row that the target never takes, whatever its state. */
    record OfTheRow(String reason) implements SqlFault {}

    /** A row stands in another's way; which of them goes first may matter. */
    record OfUniqueness(String reason) implements SqlFault {}

    /**
     * The transaction or a statement has become too large, or has taken too long.
     *
     * @param ofTheRow whether a single row that is too much is too large for the target
     */
    record OfTheSize(String reason, boolean ofTheRow) implements SqlFault {}

    /** The table is not as we remember it. */
    record OfTheTable(String reason) implements SqlFault {}

    /** The database can't be reached or can't work now. */
    record OfTheDatabase(String reason) implements SqlFault {}

    /** The last one in a chain, which tells the most: a batch's first exception only says that there are others. */
    static SQLException deepest(SQLException e) {
        SQLException deepest = e;
        while (deepest.getNextException() != null && deepest.getNextException() != deepest) {
            deepest = deepest.getNextException();
        }
        return deepest;
    }
}
