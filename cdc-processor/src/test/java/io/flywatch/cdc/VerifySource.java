package io.flywatch.cdc;

import io.flywatch.stack.EmbeddedPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that pipelines have as their source. */
public final class VerifySource implements QuarkusTestResourceLifecycleManager {
    private static @Nullable EmbeddedPostgres postgres;

    static String url() {
        return Objects.requireNonNull(postgres).jdbcUrl("postgres");
    }

    @Override
    public Map<String, String> start() {
        try {
            postgres = EmbeddedPostgres.start(Files.createTempDirectory("flywatch-source"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "flywatch.connections.source.url", url(),
                "flywatch.connections.source.username", EmbeddedPostgres.USER,
                "flywatch.connections.source.password", EmbeddedPostgres.PASSWORD);
    }

    @Override
    public void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }
}
