package io.flywatch.runner.migration;

import io.flywatch.runner.blocking.BlockingPolicy;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SQL scripts on one database, run by Flyway.
 *
 * @param connection the configured name of the connection
 * @param blocking how long others may wait for its statements
 */
public record SqlMigration(
        String id, String description, String connection, Scripts scripts, History history, BlockingPolicy blocking)
        implements Migration {

    /**
     * Where the scripts are, and how they are read.
     *
     * @param locations folders, relative to that of the declarations
     * @param placeholders {@code ${name}} in a script becomes the value
     */
    public record Scripts(List<String> locations, Charset encoding, Map<String, String> placeholders) {
        public Scripts {
            locations = List.copyOf(locations);
            placeholders = Map.copyOf(placeholders);
        }
    }

    /**
     * What Flyway remembers where, and how far it goes.
     *
     * @param schema where scripts work and the history is kept; null for the connection's own
     * @param table the name of the history
     * @param target the last version to apply; null for the latest
     * @param baseline the version that a schema with tables but without history is taken to have; null if that is an error
     * @param outOfOrder whether a script may come whose version is lower than one that was applied
     */
    public record History(
            @Nullable String schema,
            String table,
            @Nullable String target,
            @Nullable String baseline,
            boolean outOfOrder) {}
}
