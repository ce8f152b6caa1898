package io.flywatch.events.pipeline;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A standing route from a source to a target. The pipeline's id is the migration's. Connections are named, never spelled out, so
 * that no secret travels: each service resolves the name in its own configuration.
 *
 * @param sourceConnection the configured name of the source's connection
 * @param targetConnection the configured name of the target's connection
 * @param targetDatabase the database that the rows go to
 * @param tables what goes where; a table that is not listed is not applied
 * @param heartbeatTable {@code schema.table} of the heartbeat at the source, if there is one
 */
public record PipelineDeclared(
        String migrationId,
        String runId,
        Instant at,
        String sourceConnection,
        String targetConnection,
        String targetDatabase,
        List<TableRoute> tables,
        @Nullable String heartbeatTable)
        implements PipelineEvent {
    public PipelineDeclared {
        tables = List.copyOf(tables);
    }

    /**
     * Where one table goes.
     *
     * @param source {@code schema.table} at the source
     * @param target the collection or table at the target
     * @param keyColumns the columns of the source's primary key, in its order and by their names at the source
     * @param columns what becomes of columns that don't stay as they are; null for none
     * @param policy what may be done to the target's table; null for {@link TablePolicy#FOLLOW}
     * @param embedding where the rows become elements of an array; null for documents or rows of their own
     * @param documentKey how the key stands in documents; null for the usual, and at targets without documents
     */
    public record TableRoute(
            String source,
            String target,
            List<String> keyColumns,
            @Nullable List<ColumnRule> columns,
            @Nullable TablePolicy policy,
            @Nullable Embedding embedding,
            @Nullable DocumentKey documentKey) {
        public TableRoute {
            keyColumns = List.copyOf(keyColumns);
            columns = columns == null ? null : List.copyOf(columns);
        }

        /** A table that stays as it is. */
        public TableRoute(String source, String target, List<String> keyColumns) {
            this(source, target, keyColumns, null, null, null, null);
        }

        /** A table whose rows are documents or rows of their own. */
        public TableRoute(
                String source,
                String target,
                List<String> keyColumns,
                @Nullable List<ColumnRule> columns,
                @Nullable TablePolicy policy) {
            this(source, target, keyColumns, columns, policy, null, null);
        }

        /** A table whose keys stand in documents as they do usually. */
        public TableRoute(
                String source,
                String target,
                List<String> keyColumns,
                @Nullable List<ColumnRule> columns,
                @Nullable TablePolicy policy,
                @Nullable Embedding embedding) {
            this(source, target, keyColumns, columns, policy, embedding, null);
        }
    }
}
