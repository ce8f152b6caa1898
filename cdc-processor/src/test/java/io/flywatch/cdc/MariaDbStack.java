package io.flywatch.cdc;

import io.flywatch.stack.EmbeddedMariaDb;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A MariaDB target for the processor under test; none on machines that have no binaries of it. */
public final class MariaDbStack implements QuarkusTestResourceLifecycleManager {
    static final String DATABASE = "shop";
    private static @Nullable EmbeddedMariaDb server;

    static Connection connect() throws SQLException {
        return Objects.requireNonNull(server).connect(DATABASE);
    }

    @Override
    public Map<String, String> start() {
        if (EmbeddedMariaDb.missing().isPresent()) {
            return Map.of();
        }
        try {
            EmbeddedMariaDb started = EmbeddedMariaDb.start(Files.createTempDirectory("flywatch-mariadb"));
            server = started;
            started.createDatabase(DATABASE);
            return Map.of(
                    "flywatch.connections.mariadb.url",
                    started.jdbcUrl("other"),
                    "flywatch.connections.mariadb.username",
                    EmbeddedMariaDb.USER,
                    "flywatch.connections.mariadb.password",
                    EmbeddedMariaDb.PASSWORD);
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
