package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.KeyRange;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.SourceTable;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.stack.EmbeddedMariaDb;
import io.flywatch.stack.EmbeddedPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Tables of a SQL source for tests of other packages. */
public final class SqlTables {

    private SqlTables() {}

    /** A table that is open. */
    public static Opened open(String url, String table, List<String> key) {
        return url.startsWith("jdbc:postgresql:") ? postgres(url, table, key) : mariaDb(url, table, key);
    }

    private static Opened postgres(String url, String table, List<String> key) {
        DbSession session = new DbSession(url, EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD);
        List<PgColumn> columns = session.run(connection -> PgCatalog.columns(connection, PgTable.quoted(table)));
        TableRoute route = new TableRoute(table, table, key);
        return new Opened(session, SqlSourceDatabase.ofPostgres(session).read(route), PgTable.of(table, columns, key));
    }

    private static Opened mariaDb(String url, String table, List<String> key) {
        DbSession session = new DbSession(url, EmbeddedMariaDb.USER, EmbeddedMariaDb.PASSWORD);
        List<MyColumn> columns = session.run(connection -> MyCatalog.columns(connection, table));
        TableRoute route = new TableRoute(table, table, key);
        return new Opened(session, SqlSourceDatabase.ofMySql(session).read(route), MyTable.of(table, columns, key));
    }

    /** What is done with a row. */
    public interface Taker {
        /** Takes one. */
        void take(RowKey rowKey, Key key, Row row) throws SQLException;
    }

    /** A table and its connection. */
    public record Opened(DbSession session, SourceDatabase.Read read, SqlTable table) implements AutoCloseable {

        /** All rows, as the change stream would bring them. */
        public void forEach(Taker taker) {
            session.run(connection -> {
                new SqlRows(table)
                        .read(
                                connection,
                                table.where(new KeyRange(null, null)),
                                List.of(),
                                (rowKey, key, row, version) -> taker.take(rowKey, key, row));
                return true;
            });
        }

        /** All rows as changes that make them so. */
        public Collection<Change> changes(TableMapping mapping) {
            List<RowKey> keys = new ArrayList<>();
            forEach((rowKey, key, row) -> keys.add(rowKey));
            return changes(mapping, keys).values();
        }

        /** Rows as changes that make them so. */
        public Map<RowKey, Change> changes(TableMapping mapping, Collection<RowKey> keys) {
            return read.changes(mapping).apply(keys);
        }

        /** As a source. */
        public SourceTable source(Form form) {
            return read.table(false, form);
        }

        /** As a source whose columns are changed on their way. */
        public SourceTable source(Form form, TableMapping mapping) {
            return read.table(false, new MappedForm(form, mapping));
        }

        /** As a source whose database may compute checksums. */
        public SourceTable summed(Form form) {
            return read.table(true, form);
        }

        /** What a target has to know. */
        public SourceShape shape() {
            return shape(TableMapping.none());
        }

        /** What a target has to know, under a mapping. */
        public SourceShape shape(TableMapping mapping) {
            return read.shape(mapping);
        }

        /** Columns that are not compared. */
        public List<String> left() {
            return read.left();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
