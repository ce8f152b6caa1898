package io.flywatch.runner.adapter.jdbc;

import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database's JDBC address.
 *
 * @param database may be empty for MySQL and MariaDB, whose tables name it
 */
public record SourceUrl(Kind kind, String host, int port, String database) {
    private static final Pattern URL = Pattern.compile(
            "jdbc:(postgresql|mysql|mariadb)://(\\[[^]]+]|[^:/?,]+)(?::(\\d+))?(?:/([^?]*))?(?:\\?.*)?");

    /** What speaks there. */
    public enum Kind {
        POSTGRESQL,
        MYSQL,
        MARIADB
    }

    /** Reads an address of one server. */
    public static SourceUrl of(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new RunFailure(
                    FailureType.CONFIGURATION,
                    "A connection's URL is no address of one PostgreSQL, MySQL or MariaDB server: write"
                            + " jdbc:postgresql://host:port/database, jdbc:mysql://host:port/database or"
                            + " jdbc:mariadb://host:port/database.");
        }
        Kind kind = switch (parts.group(1)) {
            case "postgresql" -> Kind.POSTGRESQL;
            case "mysql" -> Kind.MYSQL;
            default -> Kind.MARIADB;
        };
        int usual = kind == Kind.POSTGRESQL ? 5432 : 3306;
        int port = parts.group(3) == null ? usual : Integer.parseInt(parts.group(3));
        return new SourceUrl(kind, parts.group(2), port, parts.group(4) == null ? "" : parts.group(4));
    }

    /** Whether it is MySQL or MariaDB. */
    public boolean isMySql() {
        return kind != Kind.POSTGRESQL;
    }
}
