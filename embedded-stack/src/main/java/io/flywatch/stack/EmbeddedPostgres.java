package io.flywatch.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A PostgreSQL server as a process of this JVM, on loopback, ready for logical replication ({@code wal_level=logical}), with one
 * superuser who has to give a password. Close it: a JVM that is killed leaves the server running, see {@link #pid()}.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** The superuser's name. */
    public static final String USER = "postgres";

    /** The superuser's password; the server listens on loopback only. */
    public static final String PASSWORD = "flywatch";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
    private final Path dataDir;

    private EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, Path dataDir) {
        this.server = server;
        this.dataDir = dataDir;
    }

    /** Starts a server on a free port, with its files in {@code dir}. */
    public static EmbeddedPostgres start(Path dir) {
        return start(dir, 0);
    }

    /** Starts an empty server on the given port, 0 for a free one, with its files in {@code dir}. */
    public static EmbeddedPostgres start(Path dir, int port) {
        return start(dir, port, true);
    }

    /**
     * Starts an empty server.
     *
     * @param dir its files: {@code data} in it is replaced, {@code postgres.log} is what the server writes
     * @param port where clients connect, 0 for a free port
     * @param closesAtExit whether it is closed when the JVM ends in order, if nobody has closed it before
     */
    public static EmbeddedPostgres start(Path dir, int port, boolean closesAtExit) {
        return start(dir, port, closesAtExit, false);
    }

    /** Starts a server that has each commit on the disk before it answers; without, only a crash of the machine itself loses anything. */
    public static EmbeddedPostgres startDurable(Path dir) {
        return start(dir, 0, true, true);
    }

    private static EmbeddedPostgres start(Path dir, int port, boolean closesAtExit, boolean durable) {
        Path dataDir = dir.resolve("data").toAbsolutePath();
        try {
            Files.createDirectories(dir);
            ProcessBuilder.Redirect log =
                    ProcessBuilder.Redirect.appendTo(dir.resolve("postgres.log").toFile());
            var server = io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                    .setDataDirectory(dataDir)
                    .setCleanDataDirectory(true)
                    .setRegisterShutdownHook(closesAtExit)
                    .setPort(FreePort.orFree(port))
                    .setPGStartupWait(START_LIMIT)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("wal_level", "logical")
                    // The library turns it off: a commit then waits for the log's writer, every 200 ms, before a
                    // replication sees it.
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", durable ? "on" : "off")
                    .setServerConfig("max_wal_senders", "20")
                    .setServerConfig("max_replication_slots", "20")
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("timezone", "UTC")
                    .setServerConfig("logging_collector", "off")
                    .setConnectConfig("password", PASSWORD)
                    .setErrorRedirector(log)
                    .setOutputRedirector(log)
                    .start();
            EmbeddedPostgres postgres = new EmbeddedPostgres(server, dataDir);
            try {
                postgres.askForPasswords();
            } catch (IOException | SQLException | RuntimeException e) {
                postgres.close();
                throw e;
            }
            return postgres;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("PostgreSQL did not start in " + dir + ": " + e.getMessage(), e);
        }
    }

    private void askForPasswords() throws IOException, SQLException {
        try (Connection connection = connect(USER);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + USER + " PASSWORD '" + PASSWORD + "'");
            Path next = dataDir.resolve("pg_hba.conf.next");
            Files.writeString(
                    next, "host all all 127.0.0.1/32 scram-sha-256\nhost replication all 127.0.0.1/32 scram-sha-256\n");
            Files.move(next, dataDir.resolve("pg_hba.conf"), StandardCopyOption.REPLACE_EXISTING);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /** Creates an empty database. */
    public void createDatabase(String name) {
        try (Connection connection = connect(USER);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
        } catch (SQLException e) {
            throw new IllegalStateException("Database " + name + " can't be created: " + e.getMessage(), e);
        }
    }

    /** A new connection to a database, as the superuser. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), USER, PASSWORD);
    }

    /** The JDBC address of a database; {@link #USER} and {@link #PASSWORD} are not in it. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /** Where clients connect. */
    public int port() {
        return server.getPort();
    }

    /** The process id of the server's parent process; ending it ends the server. */
    public long pid() {
        try {
            return Long.parseLong(Files.readAllLines(dataDir.resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL is not running in " + dataDir, e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL in " + dataDir + " can't be stopped: " + e.getMessage(), e);
        }
    }
}
