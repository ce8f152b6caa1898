package io.flywatch.runner.replication;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Debezium tells of an initial snapshot.
 *
 * @param connector the connector's topic prefix
 * @param table {@code schema.table}, where it is about one
 * @param rows how many rows were read from the table, where it says
 */
public record Notification(
        String connector,
        Type type,
        Instant at,
        @Nullable String table,
        @Nullable Long rows) {
    /** Of all that Debezium tells, what matters here. */
    public enum Type {
        STARTED,
        TABLE_SCAN_COMPLETED,
        COMPLETED,
        ABORTED,
        SKIPPED
    }
}
