package io.flywatch.cdc.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.lag.Headroom;
import io.flywatch.cdc.lag.SourceLook;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.stack.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real server says of a slot that nobody reads. */
class PostgresLookIT {
    private static final PipelineDeclared SHOP = new PipelineDeclared(
            "shop-1", "run-1", Instant.EPOCH, "source", "target", "shop", List.of(), "flywatch.heartbeat");

    @TempDir
    Path dir;

    @Test
    void seesTheSlotTheHeartbeatAndTheClock() throws SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(dir);
                Connection connection = DriverManager.getConnection(
                        server.jdbcUrl("postgres"), EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD);
                Statement statement = connection.createStatement()) {
            SourceLook before = new PostgresLook(null).at(connection, SHOP);
            statement.execute("create schema flywatch");
            statement.execute("create table flywatch.heartbeat (id int primary key, beat_at timestamptz, beat bigint)");
            statement.execute("insert into flywatch.heartbeat values (1, clock_timestamp() - interval '40 s', 7)");
            statement.execute("select pg_create_logical_replication_slot('flywatch_shop_1', 'pgoutput')");
            statement.execute("create table big as select repeat('x', 1000) as v from generate_series(1, 5000)");

            SourceLook look = new PostgresLook(null).at(connection, SHOP);
            statement.execute("alter system set max_slot_wal_keep_size = '1GB'");
            statement.execute("select pg_reload_conf()");
            SourceLook limited = limited(connection);

            assertThat(before.connected()).isNull();
            assertThat(before.slot()).isNull();
            assertThat(look.connected()).isFalse();
            assertThat(look.skewSeconds()).isBetween(-1.0, 1.0);
            assertThat(look.heartbeatAgeSeconds()).isBetween(39.0, 100.0);
            assertThat(look.unreadBytes()).isGreaterThan(1_000_000);
            assertThat(Headroom.ofSlot(slot(look), 1.0).seconds()).isNull();
            assertThat(Headroom.ofSlot(slot(limited), 1_000_000.0).seconds()).isBetween(500.0, 2_000.0);
        }
    }

    /** The setting takes effect a moment after it was reloaded. */
    private static SourceLook limited(Connection connection) {
        return org.awaitility.Awaitility.await()
                .until(
                        () -> new PostgresLook(null).at(connection, SHOP),
                        look -> slot(look).safeBytes() != null);
    }

    private static Headroom.Slot slot(SourceLook look) {
        Headroom.Slot slot = look.slot();
        assertThat(slot).isNotNull();
        return java.util.Objects.requireNonNull(slot);
    }
}
