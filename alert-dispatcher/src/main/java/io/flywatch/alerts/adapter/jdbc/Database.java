package io.flywatch.alerts.adapter.jdbc;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** PostgreSQL, one transaction at a time. */
@Singleton
public final class Database {
    private static final Logger LOG = Logger.getLogger(Database.class);

    private final DataSource source;
    private final ObjectMapper json;
    private final ObjectMapper rows;

    Database(DataSource source, ObjectMapper json) {
        this.source = source;
        this.json = json;
        this.rows = Sql.rows(json);
    }

    /** Works in a transaction of its own: all of it is kept, or nothing. */
    public <T> T transact(Function<Sql, T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Sql sql = new Sql(connection, json, rows);
                T result = work.apply(sql);
                sql.commit();
                return result;
            } catch (RuntimeException e) {
                undo(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw new LostDatabaseException(e);
        }
    }

    private static void undo(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debugf("nothing to undo, the connection is gone why=%s", e.getMessage());
        }
    }
}
