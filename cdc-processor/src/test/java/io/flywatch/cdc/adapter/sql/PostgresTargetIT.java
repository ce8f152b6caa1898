package io.flywatch.cdc.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Target;
import io.flywatch.stack.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL as a target. */
class PostgresTargetIT extends SqlTargetContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path dir;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private static SqlServer server;

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgres.start(dir);
        postgres.createDatabase("shop");
        server = Servers.of(postgres.jdbcUrl("other"), "shop", EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD);
    }

    @AfterAll
    static void stop() {
        server.close();
        postgres.close();
    }

    @Override
    SqlServer server() {
        return server;
    }

    @Override
    Connection connect() throws SQLException {
        return postgres.connect("shop");
    }

    @Test
    void refusesTextThatPostgresHasNoFormFor() {
        Target target = target();
        long epoch = begun(target);
        put(row(1, "a", "1.00", "zero \0 inside"));
        put(row(2, "a", "1.00", "good"));

        assertThat(target.apply(batch(epoch, 0, 1)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reasons()).containsOnlyKeys(key(1)));
    }

    @Test
    void isAwayWhileTheServerIs() {
        SqlServer nobody = Servers.of("jdbc:postgresql://127.0.0.1:1/none", "shop", "nobody", "nothing");
        Target away = new SqlTarget(nobody, java.time.Clock.systemUTC());

        assertThat(away.apply(batch(1, 0, 1))).isInstanceOf(Outcome.Away.class);
        nobody.close();
    }
}
