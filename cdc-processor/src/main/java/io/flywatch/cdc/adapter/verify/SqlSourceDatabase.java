package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.SourceTable;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A source that speaks SQL. */
record SqlSourceDatabase<C extends SqlColumn>(DbSession session, Catalogue<C> catalogue) implements SourceDatabase {

    /** What a kind of database says of its tables. */
    interface Catalogue<C extends SqlColumn> {

        /** The columns in the table's order; none if there is no such table. */
        List<C> columns(Connection connection, String table) throws SQLException;

        /** A table by its columns; throws {@link io.flywatch.cdc.verify.ImpossibleException} if it can't be compared. */
        SqlTable table(String table, List<C> columns, List<String> key);
    }

    /** A PostgreSQL source. */
    static SourceDatabase ofPostgres(DbSession session) {
        return new SqlSourceDatabase<>(session, new Catalogue<PgColumn>() {
            @Override
            public List<PgColumn> columns(Connection connection, String table) throws SQLException {
                return PgCatalog.columns(connection, PgTable.quoted(table));
            }

            @Override
            public SqlTable table(String table, List<PgColumn> columns, List<String> key) {
                return PgTable.of(table, columns, key);
            }
        });
    }

    /** A MySQL or MariaDB source. */
    static SourceDatabase ofMySql(DbSession session) {
        return new SqlSourceDatabase<>(session, new Catalogue<MyColumn>() {
            @Override
            public List<MyColumn> columns(Connection connection, String table) throws SQLException {
                return MyCatalog.columns(connection, table);
            }

            @Override
            public SqlTable table(String table, List<MyColumn> columns, List<String> key) {
                return MyTable.of(table, columns, key);
            }
        });
    }

    @Override
    public Read read(TableRoute route) {
        List<C> all = columns(route);
        return new Opened(session, catalogue.table(route.source(), all, route.keyColumns()), all);
    }

    private List<C> columns(TableRoute route) {
        return session.run(connection -> catalogue.columns(connection, route.source()));
    }

    @Override
    public String schema(TableRoute route) {
        return columns(route).stream()
                .map(column -> column.name() + '\t' + column.signature() + '\n')
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        session.close();
    }

    private record Opened(DbSession session, SqlTable rows, List<? extends SqlColumn> all) implements Read {

        @Override
        public boolean compares(String column) {
            return rows.columns().stream().anyMatch(it -> it.name().equals(column));
        }

        @Override
        public List<String> left() {
            return rows.left();
        }

        @Override
        public SourceShape shape(TableMapping mapping) {
            return SourceShape.of(rows, mapping);
        }

        @Override
        public SourceTable table(boolean summable, Form form) {
            return new SqlSource(session, rows.summed(summable), form);
        }

        @Override
        public Function<Collection<RowKey>, Map<RowKey, Change>> changes(TableMapping mapping) {
            return new SourceChanges(session, rows, mapping, all)::of;
        }
    }
}
