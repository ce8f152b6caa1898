package io.flywatch.system.stand;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.flywatch.stack.EmbeddedMariaDb;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.MongoStandIn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.Document;

/** Where a {@link Replication} goes. */
public sealed interface StandTarget extends AutoCloseable {
    /** The name of its database. */
    String DATABASE = "moved";

    /** Where it listens. */
    int port();

    /** What a service is told to reach it at that port: {@code URL}, and {@code USERNAME} and {@code PASSWORD} if it has them. */
    Map<String, String> connection(int port);

    /** A table's rows as {@link Rows} has them, read past every proxy. */
    Map<Long, String> read(String table, String key, List<String> columns) throws SQLException;

    @Override
    void close();

    /** A table's rows as {@link Contents} has them, read past every proxy. */
    default List<String> contents(String table, List<String> columns) throws SQLException {
        try (Connection connection = connect().orElseThrow()) {
            return Contents.of(connection, table, columns);
        }
    }

    /** The documents of a collection of a MongoDB source as they are here, read past every proxy. */
    default List<BsonDocument> documents(String collection) throws SQLException {
        List<BsonDocument> documents = new ArrayList<>();
        try (Connection connection = connect().orElseThrow();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select document from " + collection)) {
            while (rows.next()) {
                documents.add(BsonDocument.parse(rows.getString(1)));
            }
        }
        return documents;
    }

    /** A connection past every proxy, to a target that speaks SQL; empty if it does not. */
    Optional<Connection> connect() throws SQLException;

    /** Whether {@link #connect()} has anything to offer. */
    default boolean speaksSql() {
        return true;
    }

    /** Whether it can be ended and started again. */
    default boolean restarts() {
        return false;
    }

    /** Ends it as a power failure would and starts it again with its data. */
    default void restart() throws SQLException {
        throw new UnsupportedOperationException("it keeps nothing");
    }

    /** Starts it; a PostgreSQL target is a server of its own, so that it can be restarted alone. */
    static StandTarget start(String kind, Path folder) {
        return switch (kind) {
            case "mongodb" -> {
                MongoStandIn standIn = MongoStandIn.start();
                yield new Mongo(standIn, MongoClients.create(standIn.uri()));
            }
            case "postgresql" -> {
                EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("target"));
                server.createDatabase(DATABASE);
                yield new Postgres(server);
            }
            case "mariadb" -> {
                EmbeddedMariaDb server = EmbeddedMariaDb.start(folder.resolve("target"));
                server.createDatabase(DATABASE);
                yield new MariaDb(server);
            }
            default ->
                throw new IllegalArgumentException("--target is mongodb, postgresql or mariadb, and not " + kind);
        };
    }

    /** The stand-in. */
    record Mongo(MongoStandIn server, MongoClient client) implements StandTarget {
        @Override
        public int port() {
            return server.port();
        }

        @Override
        public Map<String, String> connection(int port) {
            return Map.of("URL", "mongodb://127.0.0.1:" + port + "/?directConnection=true");
        }

        @Override
        public Map<Long, String> read(String table, String key, List<String> columns) {
            Map<Long, String> rows = new HashMap<>();
            for (Document row :
                    client.getDatabase(DATABASE).getCollection(table).find()) {
                String values = columns.stream()
                        .map(column -> String.valueOf(row.get(column)))
                        .collect(Collectors.joining("|"));
                rows.put(row.get(key, 0L), values);
            }
            return rows;
        }

        @Override
        public List<String> contents(String table, List<String> columns) {
            List<String> rows = new ArrayList<>();
            for (Document row :
                    client.getDatabase(DATABASE).getCollection(table).find()) {
                rows.add(columns.stream()
                        .map(column -> Contents.text(row.get(column)))
                        .collect(Collectors.joining("|")));
            }
            Collections.sort(rows);
            return rows;
        }

        @Override
        public List<BsonDocument> documents(String collection) {
            return client.getDatabase(DATABASE)
                    .getCollection(collection, BsonDocument.class)
                    .find()
                    .into(new ArrayList<>());
        }

        @Override
        public boolean speaksSql() {
            return false;
        }

        @Override
        public Optional<Connection> connect() {
            return Optional.empty();
        }

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }

    /** A server of our own that speaks SQL. */
    sealed interface Sql extends StandTarget {
        /** A connection to the target's database. */
        Connection open() throws SQLException;

        @Override
        default Map<Long, String> read(String table, String key, List<String> columns) throws SQLException {
            try (Connection connection = open()) {
                return Rows.read(connection, table, key, columns);
            }
        }

        @Override
        default Optional<Connection> connect() throws SQLException {
            return Optional.of(open());
        }

        @Override
        default boolean restarts() {
            return true;
        }
    }

    /** An embedded server. */
    record Postgres(EmbeddedPostgres server) implements Sql {
        @Override
        public int port() {
            return server.port();
        }

        @Override
        public Map<String, String> connection(int port) {
            return StandSource.account(
                    "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE,
                    EmbeddedPostgres.USER,
                    EmbeddedPostgres.PASSWORD);
        }

        @Override
        public Connection open() throws SQLException {
            return server.connect(DATABASE);
        }

        /** When one of its processes is killed, the server ends all of them, and recovers from its log. */
        @Override
        public void restart() throws SQLException {
            try (Connection connection = open();
                    Statement statement = connection.createStatement();
                    ResultSet backend = statement.executeQuery("select pg_backend_pid()")) {
                backend.next();
                ProcessHandle.of(backend.getLong(1)).ifPresent(ProcessHandle::destroyForcibly);
            }
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** An embedded server of another kind. */
    record MariaDb(EmbeddedMariaDb server) implements Sql {
        @Override
        public int port() {
            return server.port();
        }

        @Override
        public Map<String, String> connection(int port) {
            return StandSource.account(
                    "jdbc:mariadb://127.0.0.1:" + port + "/" + DATABASE,
                    EmbeddedMariaDb.USER,
                    EmbeddedMariaDb.PASSWORD);
        }

        @Override
        public Connection open() throws SQLException {
            return server.connect(DATABASE);
        }

        @Override
        public void restart() {
            server.kill();
            server.startAgain();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
