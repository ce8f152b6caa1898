package io.flywatch.quickstart.load;

import java.sql.Connection;
import java.sql.SQLException;

/** Something that changes rows. */
@FunctionalInterface
public interface Trade {

    /**
     * Changes a few rows in one transaction, which the caller commits.
     *
     * @return how many rows were changed
     */
    int once(Connection connection) throws SQLException;
}
