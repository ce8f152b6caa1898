package io.flywatch.runner.migration;

import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.DocumentKey;
import io.flywatch.events.pipeline.Embedding;
import io.flywatch.events.pipeline.TablePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of tables and then a stream of their changes.
 *
 * @param partitions of each topic of changes; with one, the order of a whole table is kept
 * @param expectedRowsPerSecond what the snapshot should reach; null if it is to be learned
 * @param verify how source and target are compared once the snapshot is complete; null if they are not
 */
public record ReplicationMigration(
        String id,
        String description,
        Source source,
        Target target,
        int partitions,
        @Nullable Double expectedRowsPerSecond,
        @Nullable Verify verify)
        implements Migration {

    /** One that is not verified. */
    public ReplicationMigration(
            String id,
            String description,
            Source source,
            Target target,
            int partitions,
            @Nullable Double expectedRowsPerSecond) {
        this(id, description, source, target, partitions, expectedRowsPerSecond, null);
    }

    /**
     * A verification as a step of the run.
     *
     * @param maxRowsPerSecond the most rows that it reads at the source; null for the processor's setting
     * @param cancelAfter how long it may take from the step's begin; the run then goes on without it
     */
    public record Verify(@Nullable Integer maxRowsPerSecond, Duration cancelAfter) {
        /** Unless the file says otherwise. */
        public static final Duration USUAL_LIMIT = Duration.ofHours(24);
    }

    /** Stands for every table that has a primary key. */
    public static final String EVERY_TABLE = "*";

    /**
     * Where the rows come from.
     *
     * @param connection the configured name of the connection
     * @param tables {@code schema.table} each, or {@link #EVERY_TABLE} alone
     * @param heartbeat whether a row may be written at the source
     * @param connector Debezium settings that differ from ours
     */
    public record Source(String connection, List<String> tables, Heartbeat heartbeat, Map<String, String> connector) {
        public Source {
            tables = List.copyOf(tables);
            connector = Map.copyOf(connector);
        }
    }

    /**
     * Where the rows go.
     *
     * @param policy what may be done to tables of a SQL target
     * @param mapping what becomes of tables that don't stay as they are, by {@code schema.table} at the source
     */
    public record Target(String connection, String database, TablePolicy policy, Map<String, Mapping> mapping) {
        public Target {
            mapping = Map.copyOf(mapping);
        }

        /** A target whose tables are as the source's. */
        public Target(String connection, String database) {
            this(connection, database, TablePolicy.FOLLOW, Map.of());
        }
    }

    /**
     * What becomes of one table.
     *
     * @param name the table or collection at the target; null to keep the usual one
     * @param columns what becomes of its columns
     * @param embedding where its rows become elements of an array; null for rows or documents of their own
     * @param documentKey how the key stands in documents; null for the usual
     */
    public record Mapping(
            @Nullable String name,
            List<ColumnRule> columns,
            @Nullable Embedding embedding,
            @Nullable DocumentKey documentKey) {
        public Mapping {
            columns = List.copyOf(columns);
        }

        /** A table whose keys stand in documents as they do usually. */
        public Mapping(@Nullable String name, List<ColumnRule> columns, @Nullable Embedding embedding) {
            this(name, columns, embedding, null);
        }
    }

    /** What proves that an idle pipeline is alive. */
    public enum Heartbeat {
        /** A row in {@code flywatch.heartbeat} is updated each second. */
        TABLE,
        /** Nothing is written at the source. */
        NONE
    }
}
