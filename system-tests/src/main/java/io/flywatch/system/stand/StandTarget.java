package io.flywatch.system.stand;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.MongoStandIn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

    /** Starts it; a PostgreSQL target is a database of the source's server. */
    static StandTarget start(String kind, EmbeddedPostgres server) {
        return switch (kind) {
            case "mongodb" -> {
                MongoStandIn standIn = MongoStandIn.start();
                yield new Mongo(standIn, MongoClients.create(standIn.uri()));
            }
            case "postgresql" -> {
                server.createDatabase(DATABASE);
                yield new Postgres(server);
            }
            default -> throw new IllegalArgumentException("--target is mongodb or postgresql, and not " + kind);
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
        public void close() {
            client.close();
            server.close();
        }
    }

    /** A database of an embedded server. */
    record Postgres(EmbeddedPostgres server) implements StandTarget {
        @Override
        public int port() {
            return server.port();
        }

        @Override
        public Map<String, String> connection(int port) {
            return Map.of(
                    "URL",
                    "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE,
                    "USERNAME",
                    EmbeddedPostgres.USER,
                    "PASSWORD",
                    EmbeddedPostgres.PASSWORD);
        }

        @Override
        public Map<Long, String> read(String table, String key, List<String> columns) throws SQLException {
            try (Connection connection = server.connect(DATABASE)) {
                return Rows.read(connection, table, key, columns);
            }
        }

        @Override
        public void close() {
            // The server is the source's, which ends it.
        }
    }
}
