package io.flywatch.runner.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.stack.EmbeddedMariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A MariaDB source. */
class MySqlSourceIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path files;

    @Test
    void takesWhatIsReadyAndSaysWhatIsNot() throws SQLException {
        assumeTrue(
                EmbeddedMariaDb.missing().isEmpty(),
                () -> EmbeddedMariaDb.missing().orElse(""));
        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(files);
                Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("create database shop");
            statement.execute("create table shop.orders (b int, a int, note text, primary key (a, b))");
            statement.execute("create table shop.keyless (a int)");
            statement.execute("insert into shop.orders values (1, 1, null), (2, 1, null)");
            MySqlSource source = new MySqlSource("source", connection);

            source.server();

            assertThat(source.tables(migration("*"), "")).singleElement().satisfies(table -> {
                assertThat(table.name()).isEqualTo("shop.orders");
                assertThat(table.keyColumns()).containsExactly("a", "b");
            });
            assertThat(source.count("shop.orders", 5)).hasValue(2);
            assertThatThrownBy(() -> source.tables(migration("shop.keyless"), "shop"))
                    .hasMessageContaining("shop.keyless has no primary key");
            assertThatThrownBy(() -> source.tables(migration("shop.gone"), "shop"))
                    .hasMessageContaining("has no table shop.gone");
            refusesAUserWithoutRights(server, statement);
            source.createHeartbeat();
            assertThat(source.hasHeartbeat()).isTrue();
            source.dropHeartbeat();
            statement.execute("set global binlog_row_image = minimal");
            assertThatThrownBy(source::server).hasMessageContaining("Set binlog-row-image=FULL");
        }
    }

    private static void refusesAUserWithoutRights(EmbeddedMariaDb server, Statement statement) throws SQLException {
        statement.execute("create user poor@'127.0.0.1' identified by 'poor'");
        statement.execute("grant select on shop.* to poor@'127.0.0.1'");
        try (Connection poor = DriverManager.getConnection(server.jdbcUrl("shop"), "poor", "poor")) {
            assertThatThrownBy(() -> new MySqlSource("source", poor).server())
                    .hasMessageContaining("GRANT SELECT, RELOAD, REPLICATION SLAVE");
        }
    }

    private static ReplicationMigration migration(String... tables) {
        return new ReplicationMigration(
                "shop",
                "",
                new ReplicationMigration.Source(
                        "source", List.of(tables), ReplicationMigration.Heartbeat.NONE, Map.of()),
                new ReplicationMigration.Target("target", "shop"),
                1,
                null);
    }
}
