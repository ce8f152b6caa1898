package io.flywatch.runner.migration;

import io.flywatch.runner.blocking.BlockingPolicy;
import io.flywatch.runner.external.Silence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work that somebody else's tool does. It reports, or is watched from outside, or both.
 *
 * @param silence how long it may report nothing
 * @param watch where its sessions are looked at; null if nowhere
 * @param blocking how long others may wait for its sessions
 * @param expectedRowsPerSecond what it should reach; null if that is to be learned
 */
public record ExternalMigration(
        String id,
        String description,
        Silence silence,
        @Nullable Watch watch,
        BlockingPolicy blocking,
        @Nullable Double expectedRowsPerSecond)
        implements Migration {

    /**
     * How the tool is known to the database that it works on.
     *
     * @param connection the configured name of a connection that may look at others' sessions
     * @param application what its sessions call themselves; null for any
     * @param user who they are logged in as; null for anybody
     * @param tables whose rows are counted by the server's own statistics
     */
    public record Watch(
            String connection,
            @Nullable String application,
            @Nullable String user,
            List<String> tables) {
        public Watch {
            tables = List.copyOf(tables);
        }
    }
}
