package io.flywatch.cdc.adapter.jdbc;

import io.flywatch.cdc.Connections;
import io.flywatch.cdc.LaneTools;
import io.flywatch.cdc.Pipelines;
import io.flywatch.cdc.avro.Schemas;
import io.flywatch.cdc.change.Catalogue;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The catalogues of SQL sources. A table is read when somebody first asks for it, and again every few seconds from then on, so that a
 * changed type is found.
 */
@Singleton
final class JdbcCatalogues implements LaneTools.Catalogues {
    private static final Logger LOG = Logger.getLogger(JdbcCatalogues.class);

    private final Connections connections;
    private final Pipelines pipelines;
    private final Schemas schemas;
    private final Map<Table, OfTable> tables = new ConcurrentHashMap<>();

    JdbcCatalogues(Connections connections, Pipelines pipelines, Schemas schemas) {
        this.connections = connections;
        this.pipelines = pipelines;
        this.schemas = schemas;
    }

    private record Table(String run, String connection, String name) {}

    @Override
    public Catalogue of(PipelineDeclared pipeline, String table) {
        Connections.Connection source = connections.byName().get(pipeline.sourceConnection());
        if (source == null || !source.url().startsWith("jdbc:postgresql:")) {
            return Catalogue.NONE;
        }
        return tables.computeIfAbsent(
                new Table(pipeline.runId(), pipeline.sourceConnection(), table), known -> new OfTable(source, table));
    }

    @Override
    public Schemas schemas() {
        return schemas;
    }

    @Override
    public boolean hasDocuments(PipelineDeclared pipeline) {
        Connections.Connection source = connections.byName().get(pipeline.sourceConnection());
        return source != null && source.url().startsWith("mongodb");
    }

    @Scheduled(every = "{flywatch.cdc.catalogue-check:5s}", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        var runs = pipelines.declared().stream().map(PipelineDeclared::runId).toList();
        tables.keySet().removeIf(table -> !runs.contains(table.run()));
        tables.values().forEach(OfTable::look);
    }

    /** One table, as it was seen last. */
    private static final class OfTable implements Catalogue {
        private final Connections.Connection source;
        private final String table;
        private volatile @Nullable Columns seen;

        OfTable(Connections.Connection source, String table) {
            this.source = source;
            this.table = table;
        }

        @Override
        public Optional<Columns> columns() {
            Columns known = seen;
            return Optional.of(known == null ? again() : known);
        }

        @Override
        public Columns again() {
            try (Connection connection = Login.open(source)) {
                Columns now = PostgresColumns.of(connection, table);
                Columns before = seen;
                Columns known = before != null && before.equals(now) ? before : now;
                seen = known;
                return known;
            } catch (SQLException e) {
                throw new SourceAwayException(
                        "the source can't be asked for the types of " + table + " (SQL state " + e.getSQLState() + ")",
                        e);
            }
        }

        /** While the source is away, what was seen last is what there is. */
        void look() {
            try {
                if (seen != null) {
                    again();
                }
            } catch (SourceAwayException e) {
                LOG.debugf("catalogue not seen table=%s", table);
            }
        }
    }
}
