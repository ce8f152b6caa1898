package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.KeyRange;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.SourceTable;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.stack.EmbeddedMariaDb;
import java.util.List;

/** Tables of MariaDB for tests of other packages. */
public final class MyTables {

    private MyTables() {}

    /** A table that is open. */
    public static Opened open(String url, String table, List<String> key) {
        DbSession session = new DbSession(url, EmbeddedMariaDb.USER, EmbeddedMariaDb.PASSWORD);
        return new Opened(session, new MySourceDatabase(session).read(new TableRoute(table, table, key)), table, key);
    }

    /** What is done with a row. */
    public interface Taker {
        /** Takes one. */
        void take(RowKey rowKey, Key key, Row row);
    }

    /** A table and its connection. */
    public record Opened(DbSession session, SourceDatabase.Read read, String table, List<String> key)
            implements AutoCloseable {

        /** All rows, as the change stream would bring them. */
        public void forEach(Taker taker) {
            session.run(connection -> {
                MyTable my = MyTable.of(table, MyTable.columns(connection, table), key);
                new MyRows(my).read(connection, my.where(new KeyRange(null, null)), List.of(), taker::take);
                return true;
            });
        }

        /** As a source. */
        public SourceTable source(Form form) {
            return read.table(false, form);
        }

        /** What a target has to know. */
        public SourceShape shape() {
            return read.shape(TableMapping.none());
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
