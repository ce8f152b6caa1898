package io.flywatch.cdc.adapter.mongo;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.flywatch.cdc.adapter.verify.SqlTables;
import io.flywatch.cdc.adapter.verify.SqlTables.Opened;
import io.flywatch.stack.EmbeddedMariaDb;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.MongoStandIn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A MariaDB as a source, and targets to compare it with. */
abstract class MariaDbSides {
    private static @Nullable EmbeddedMariaDb mariaDb;
    static @Nullable EmbeddedPostgres postgres;
    private static @Nullable MongoStandIn standIn;
    private static @Nullable MongoClient mongo;

    @BeforeAll
    static void start(@TempDir Path dir) {
        assumeTrue(
                EmbeddedMariaDb.missing().isEmpty(),
                () -> EmbeddedMariaDb.missing().orElse(""));
        EmbeddedMariaDb started = EmbeddedMariaDb.start(dir.resolve("mariadb"));
        mariaDb = started;
        started.createDatabase("shop");
        postgres = EmbeddedPostgres.start(dir.resolve("postgres"));
        MongoStandIn server = MongoStandIn.start();
        standIn = server;
        mongo = MongoClients.create(server.uri());
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : Stream.of(mongo, standIn, postgres, mariaDb)
                .flatMap(Stream::ofNullable)
                .toList()) {
            each.close();
        }
    }

    static Connection source() throws SQLException {
        return requireNonNull(mariaDb).connect("shop");
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    static Opened open(String table, String... key) {
        return SqlTables.open(requireNonNull(mariaDb).jdbcUrl("shop"), "shop." + table, List.of(key));
    }

    static MongoCollection<BsonDocument> collection(String name) {
        return requireNonNull(mongo).getDatabase("sides").getCollection(name, BsonDocument.class);
    }
}
