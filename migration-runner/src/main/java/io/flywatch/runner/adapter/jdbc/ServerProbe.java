package io.flywatch.runner.adapter.jdbc;

import io.flywatch.runner.server.SessionSight;
import io.flywatch.runner.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at sessions of a server from a connection of its own, which the caller opens and closes. */
public sealed interface ServerProbe permits PostgresProbe, MariaDbProbe {

    /** The probe of a kind of server. */
    static ServerProbe of(Dialect dialect, Connection connection) {
        return switch (dialect) {
            case POSTGRESQL -> new PostgresProbe(connection);
            case MARIADB -> new MariaDbProbe(connection);
        };
    }

    /** The server's number of the session of a connection. */
    long session(Connection of) throws SQLException;

    /** The sessions that were opened under a name by {@link SqlTarget#connectForWork}. */
    List<Long> named(String name) throws SQLException;

    /**
     * The sessions of somebody else's tool in this database.
     *
     * @param application what they call themselves; null for any
     * @param user who they are logged in as; null for anybody
     */
    List<Long> tool(@Nullable String application, @Nullable String user) throws SQLException;

    /** How often rows of tables were changed, or how many there are, by the server's statistics; without tables that are not there. */
    Map<String, Long> changed(List<String> tables) throws SQLException;

    /** What the server says of a session. */
    SessionSight look(long session) throws SQLException;

    /** Ends what the session executes, and leaves the session. */
    void cancel(long session) throws SQLException;

    /** Ends the session; what it had not committed is undone. */
    void end(long session) throws SQLException;
}
