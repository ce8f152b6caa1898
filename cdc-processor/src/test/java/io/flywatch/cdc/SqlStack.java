package io.flywatch.cdc;

import io.flywatch.stack.EmbeddedPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL target for the processor under test. */
public final class SqlStack implements QuarkusTestResourceLifecycleManager {
    static final String DATABASE = "shop";
    private static @Nullable EmbeddedPostgres server;

    static Connection connect() throws SQLException {
        return Objects.requireNonNull(server).connect(DATABASE);
    }

    @Override
    public Map<String, String> start() {
        try {
            EmbeddedPostgres started = EmbeddedPostgres.start(Files.createTempDirectory("flywatch-postgres"));
            server = started;
            started.createDatabase(DATABASE);
            return Map.of(
                    "flywatch.connections.sql.url",
                    started.jdbcUrl("postgres"),
                    "flywatch.connections.sql.username",
                    EmbeddedPostgres.USER,
                    "flywatch.connections.sql.password",
                    EmbeddedPostgres.PASSWORD,
                    "flywatch.cdc.mask-salt",
                    "a salt for tests, long enough");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }
}
