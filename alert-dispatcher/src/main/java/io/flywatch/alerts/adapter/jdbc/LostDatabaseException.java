package io.flywatch.alerts.adapter.jdbc;

import java.sql.SQLException;

/** PostgreSQL did not do what it was asked for; the transaction is undone. */
public final class LostDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostDatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
    }

    /** Whether the data is at fault, so that the same will be answered each time: SQLSTATE classes 22 and 23. */
    public boolean faultOfData() {
        return state().startsWith("22") || state().startsWith("23");
    }

    /** Whether it was in the way of another transaction, and may be tried again at once. */
    public boolean collided() {
        return state().equals("40P01") || state().equals("40001");
    }

    /** Whether something that was to be written for the first time is there. */
    public boolean isThere() {
        return state().equals("23505");
    }

    private String state() {
        return getCause() instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
    }
}
