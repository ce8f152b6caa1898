package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.SourceTable;
import io.flywatch.stack.EmbeddedPostgres;
import java.util.List;

/** Tables of PostgreSQL for tests of other packages. */
public final class PgTables {

    private PgTables() {}

    /** A table that is open. */
    public static Opened open(String url, String table, List<String> key) {
        DbSession session = new DbSession(url, EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD);
        List<PgColumn> columns = session.run(connection -> PgCatalog.columns(connection, PgTable.quoted(table)));
        return new Opened(session, PgTable.of(table, columns, key));
    }

    /** What is done with a row. */
    public interface Taker {
        /** Takes one. */
        void take(RowKey rowKey, Key key, Row row);
    }

    /** A table and its connection. */
    public record Opened(DbSession session, PgTable table) implements AutoCloseable {

        /** All rows, as the change stream would bring them. */
        public void forEach(Taker taker) {
            session.run(connection -> {
                new PgRows(table)
                        .read(connection, "", List.of(), (rowKey, key, row, version) -> taker.take(rowKey, key, row));
                return true;
            });
        }

        /** As a source. */
        public SourceTable source(Form form) {
            return new PgSource(session, table, form);
        }

        /** As a source whose columns are changed on their way. */
        public SourceTable source(Form form, TableMapping mapping) {
            return new PgSource(session, table, new MappedForm(form, mapping));
        }

        /** Its key. */
        public KeyShape shape() {
            return shape(TableMapping.none());
        }

        /** Its key under a mapping. */
        public KeyShape shape(TableMapping mapping) {
            return new SourceShape(table, mapping).key();
        }

        /** Columns that are not compared. */
        public List<String> left() {
            return table.left();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
