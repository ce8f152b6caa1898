package io.flywatch.cdc.adapter.sql;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A database server with its pool of connections, one for each writer and a few more. */
final class SqlServer implements AutoCloseable {
    private final AgroalDataSource pool;
    private final Dialect dialect;
    private volatile boolean prepared;

    SqlServer(AgroalDataSource pool, Dialect dialect) {
        this.pool = pool;
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Whether it has been reached, and our tables are there. */
    boolean isReached() {
        return prepared;
    }

    /** A connection outside of any transaction; the first one makes the tables of the books. */
    Connection open() throws SQLException {
        Connection connection = pool.getConnection();
        if (!prepared) {
            try {
                prepare(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
        return connection;
    }

    private synchronized void prepare(Connection connection) throws SQLException {
        if (prepared) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            for (String table : dialect.books()) {
                statement.execute(table);
            }
        }
        prepared = true;
    }

    /** Throws if the server can't be reached. */
    void ping() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            if (!connection.isValid(5)) {
                throw new SQLException("the connection is not valid", "08006");
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
