package io.flywatch.cdc.adapter.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * A JDBC address of a kind that we know.
 *
 * @param postgresql else it is MySQL or MariaDB
 * @param text as the driver takes it
 */
record SqlUrl(boolean postgresql, String text) {
    private static final Logger LOG = Logger.getLogger(SqlUrl.class);
    private static final Pattern KNOWN = Pattern.compile("jdbc:(postgresql|mysql|mariadb)://([^/?]+)(/[^?]*)?(\\?.*)?");

    static boolean isKnown(String url) {
        return KNOWN.matcher(url).matches();
    }

    static SqlUrl of(String url) {
        if (!isKnown(url)) {
            throw new IllegalArgumentException("this is no JDBC URL of PostgreSQL, MySQL or MariaDB");
        }
        return new SqlUrl(url.startsWith("jdbc:postgresql:"), url);
    }

    /** The same server and parameters with another database. The driver of MariaDB serves MySQL, too. */
    SqlUrl withDatabase(String database) {
        Matcher parts = KNOWN.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("it was known before");
        }
        String parameters = parts.group(4) == null ? "" : parts.group(4);
        String scheme = postgresql ? "postgresql" : "mariadb";
        return new SqlUrl(postgresql, "jdbc:" + scheme + "://" + parts.group(2) + "/" + database + parameters);
    }

    String driver() {
        return postgresql ? "org.postgresql.Driver" : "org.mariadb.jdbc.Driver";
    }

    Dialect dialect() {
        return postgresql ? new PostgresDialect() : new MySqlDialect();
    }

    /** Nothing waits without an end, and what can't be represented is an error. */
    Map<String, String> properties() {
        return postgresql
                ? Map.of(
                        "connectTimeout", "5",
                        "socketTimeout", "120",
                        "tcpKeepAlive", "true",
                        "ApplicationName", "flywatch-cdc-processor",
                        "options",
                                "-c timezone=UTC -c idle_in_transaction_session_timeout=60s -c lock_timeout=30s"
                                        + " -c extra_float_digits=3 -c intervalstyle=postgres")
                : Map.of(
                        "connectTimeout", "5000",
                        "socketTimeout", "120000",
                        "tcpKeepAlive", "true",
                        "useCompression", "false",
                        "allowPublicKeyRetrieval", "true",
                        "connectionTimeZone", "UTC",
                        "forceConnectionTimeZoneToSession", "true",
                        "preserveInstants", "true");
    }

    private List<String> session() {
        return postgresql
                ? List.of("set session_replication_role = replica")
                : List.of(
                        "set session sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION'",
                        "set session foreign_key_checks = 0",
                        "set session transaction isolation level read committed",
                        "set session time_zone = '+00:00'",
                        "set names utf8mb4",
                        "set session innodb_lock_wait_timeout = 30",
                        "set session idle_transaction_timeout = 60");
    }

    /**
     * As a replica's session: the source has checked foreign keys and fired triggers already. A user that may not have it goes on
     * without, and tables with foreign keys are then found unfit.
     */
    void prepare(Connection connection) {
        for (String each : session()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(each);
            } catch (SQLException e) {
                LOG.debugf("session setting refused setting=%s state=%s", each, e.getSQLState());
            }
        }
    }
}
