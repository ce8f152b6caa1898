package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.Comparisons;
import io.flywatch.cdc.Connections;
import io.flywatch.cdc.VerificationStore;
import io.flywatch.cdc.verify.ChangedColumns;
import io.flywatch.cdc.verify.ImpossibleException;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Opens the databases that pipelines name. */
@Singleton
final class DatabaseComparisons implements Comparisons {
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private final Connections connections;
    private final List<TargetDatabase.Kind> kinds;

    DatabaseComparisons(Connections connections, @All List<TargetDatabase.Kind> kinds) {
        this.connections = connections;
        this.kinds = kinds;
    }

    @Override
    public VerificationStore store(PipelineDeclared pipeline) {
        return target(pipeline).store();
    }

    private TargetDatabase target(PipelineDeclared pipeline) {
        Connections.Connection configured = configured(pipeline.targetConnection());
        return kinds.stream()
                .filter(kind -> kind.takes(configured.url()))
                .findFirst()
                .orElseThrow(() -> new ImpossibleException(
                        "targets like that of the connection " + pipeline.targetConnection() + " can't be verified"))
                .open(pipeline.targetConnection(), configured, pipeline.targetDatabase());
    }

    private Connections.Connection configured(String name) {
        Connections.Connection found = connections.byName().get(name);
        if (found == null) {
            throw new ImpossibleException("no connection of the name " + name + " is configured: set"
                    + " flywatch.connections." + name + ".url");
        }
        return found;
    }

    @Override
    public Comparison open(PipelineDeclared pipeline) {
        Connections.Connection source = configured(pipeline.sourceConnection());
        if (!source.url().startsWith(POSTGRESQL)) {
            throw new ImpossibleException(
                    "sources like that of the connection " + pipeline.sourceConnection() + " can't be verified");
        }
        PgSession session = new PgSession(
                source.url(), source.username().orElse(null), source.password().orElse(null));
        return new Opened(pipeline, session, target(pipeline));
    }

    private static final class Opened implements Comparison {
        private final PipelineDeclared pipeline;
        private final PgSession source;
        private final TargetDatabase target;

        Opened(PipelineDeclared pipeline, PgSession source, TargetDatabase target) {
            this.pipeline = pipeline;
            this.source = source;
            this.target = target;
        }

        @Override
        public Pair table(TableRoute route) {
            ChangedColumns.refuse(route);
            List<PgColumn> all = columns(route);
            PgTable table = PgTable.of(route.source(), all, route.keyColumns());
            TargetDatabase.Side side = target.side(route, new SourceShape(table));
            List<String> notes = new ArrayList<>(side.notes());
            if (!table.left().isEmpty()) {
                notes.add("not compared, as their types have no form that is sure on both sides: the columns "
                        + String.join(", ", table.left()));
            }
            return new Pair(
                    new PgSource(source, table.summed(side.summable()), side.form()),
                    side.table(),
                    key -> new RowKey(key.values().stream().map(PgKeyText::of).toList()),
                    new PgChanges(source, table, all)::of,
                    notes);
        }

        private List<PgColumn> columns(TableRoute route) {
            return source.run(connection -> PgCatalog.columns(connection, PgTable.quoted(route.source())));
        }

        /** Names, types and their modifiers; not the types' inner workings. */
        @Override
        public String schema(List<TableRoute> routes) {
            StringBuilder all = new StringBuilder();
            for (TableRoute route : routes) {
                all.append(route.source()).append('\n');
                columns(route)
                        .forEach(column -> all.append(column.name())
                                .append('\t')
                                .append(column.type())
                                .append('\t')
                                .append(column.modifier())
                                .append('\n'));
            }
            return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8))
                    .toString();
        }

        @Override
        public List<Reached> positions() {
            return target.positions(pipeline.migrationId());
        }

        @Override
        public void close() {
            source.close();
            target.close();
        }
    }
}
