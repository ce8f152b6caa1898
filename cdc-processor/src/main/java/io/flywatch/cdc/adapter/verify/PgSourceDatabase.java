package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.SourceTable;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A PostgreSQL source. */
record PgSourceDatabase(DbSession session) implements SourceDatabase {

    @Override
    public Read read(TableRoute route) {
        List<PgColumn> all = columns(route);
        return new Opened(session, PgTable.of(route.source(), all, route.keyColumns()), all);
    }

    private List<PgColumn> columns(TableRoute route) {
        return session.run(connection -> PgCatalog.columns(connection, PgTable.quoted(route.source())));
    }

    /** Names, types and their modifiers; not the types' inner workings. */
    @Override
    public String schema(TableRoute route) {
        return columns(route).stream()
                .map(column -> column.name() + '\t' + column.type() + '\t' + column.modifier() + '\n')
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        session.close();
    }

    private record Opened(DbSession session, PgTable pg, List<PgColumn> all) implements Read {

        @Override
        public Set<String> compared() {
            return pg.columns().stream().map(PgColumn::name).collect(Collectors.toSet());
        }

        @Override
        public List<String> left() {
            return pg.left();
        }

        @Override
        public SourceShape shape(TableMapping mapping) {
            return new SourceShape(pg, mapping);
        }

        @Override
        public SourceTable table(boolean summable, Form form) {
            return new PgSource(session, pg.summed(summable), form);
        }

        @Override
        public Function<Collection<RowKey>, Map<RowKey, Change>> changes(TableMapping mapping) {
            return new PgChanges(session, pg, mapping, all)::of;
        }
    }
}
