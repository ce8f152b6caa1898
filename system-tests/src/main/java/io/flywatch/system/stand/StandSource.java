package io.flywatch.system.stand;

import io.flywatch.quickstart.connect.ConnectWorker;
import io.flywatch.stack.EmbeddedMariaDb;
import io.flywatch.stack.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Where a {@link Replication} comes from. */
public sealed interface StandSource extends AutoCloseable {
    /** The name of its database. */
    String DATABASE = "shop";

    /** A new connection to the database. */
    Connection connect() throws SQLException;

    /** What a service is told to reach it: {@code URL}, {@code USERNAME} and {@code PASSWORD}. */
    Map<String, String> connection();

    /** What stands before a table's name in the connector's topics and in migrations. */
    String schema();

    /** The class path of a Kafka Connect worker that captures from it. */
    String connectors() throws IOException, InterruptedException;

    @Override
    void close();

    /** Starts it; a PostgreSQL source is a database of the server that keeps the runner's runs, too. */
    static StandSource start(String kind, Path folder, EmbeddedPostgres server) {
        return switch (kind) {
            case "postgresql" -> {
                server.createDatabase(DATABASE);
                yield new Postgres(server);
            }
            case "mariadb" -> {
                EmbeddedMariaDb mariaDb = EmbeddedMariaDb.start(folder.resolve("source"));
                mariaDb.createDatabase(DATABASE);
                yield new MariaDb(mariaDb);
            }
            default -> {
                if (!kind.startsWith("mongodb://")) {
                    throw new IllegalArgumentException("--source is postgresql or mariadb, and not " + kind);
                }
                yield new Mongo(kind);
            }
        };
    }

    /** The tables that a migration takes, as its file says it. */
    default String tables() {
        return "\"*\"";
    }

    /**
     * A replica set that somebody runs, of which the collection {@code shop.people} is taken.
     *
     * @param uri its connection string, with {@code replicaSet=}
     */
    record Mongo(String uri) implements StandSource {
        @Override
        public Connection connect() throws SQLException {
            throw new SQLException("A MongoDB speaks no SQL.");
        }

        @Override
        public Map<String, String> connection() {
            return Map.of("URL", uri);
        }

        @Override
        public String schema() {
            return DATABASE;
        }

        @Override
        public String tables() {
            return "[" + DATABASE + ".people]";
        }

        @Override
        public String connectors() throws IOException, InterruptedException {
            return Peers.classPath("mongodb-source") + File.pathSeparator + worker();
        }

        @Override
        public void close() {
            // It is not ours.
        }
    }

    /** The class path of a worker that writes Avro, from whichever SQL source. */
    static String avroConnectors() throws IOException, InterruptedException {
        return Peers.classPath("avro-source") + File.pathSeparator + worker();
    }

    /** A configured connection, by the names that its variables end with. */
    static Map<String, String> account(String url, String user, String password) {
        return Map.of("URL", url, "USERNAME", user, "PASSWORD", password);
    }

    /** Where the worker's own class is: it comes with the quickstart, whose connectors are of another version. */
    private static String worker() {
        return ConnectWorker.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
    }

    /** A database of an embedded server. */
    record Postgres(EmbeddedPostgres server) implements StandSource {
        @Override
        public Connection connect() throws SQLException {
            return server.connect(DATABASE);
        }

        @Override
        public Map<String, String> connection() {
            return account(server.jdbcUrl(DATABASE), EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD);
        }

        @Override
        public String schema() {
            return "public";
        }

        @Override
        public String connectors() {
            return System.getProperty("java.class.path");
        }

        @Override
        public void close() {
            // The server is the stand's, which ends it.
        }
    }

    /** A server of its own with a binary log of rows. */
    record MariaDb(EmbeddedMariaDb server) implements StandSource {
        @Override
        public Connection connect() throws SQLException {
            return server.connect(DATABASE);
        }

        @Override
        public Map<String, String> connection() {
            return account(server.jdbcUrl(DATABASE), EmbeddedMariaDb.USER, EmbeddedMariaDb.PASSWORD);
        }

        @Override
        public String schema() {
            return DATABASE;
        }

        @Override
        public String connectors() throws IOException, InterruptedException {
            return Peers.classPath("mariadb-source") + File.pathSeparator + worker();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
