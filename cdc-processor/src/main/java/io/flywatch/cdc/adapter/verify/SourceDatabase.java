package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.Connections;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.SourceTable;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A source's database as verifications see it. Not for several threads. */
public interface SourceDatabase extends AutoCloseable {

    /** A table; throws {@link io.flywatch.cdc.verify.ImpossibleException} if it can't be compared. */
    Read read(TableRoute route);

    /** Stands for a table's columns: it changes when they do. */
    String schema(TableRoute route);

    @Override
    void close();

    /** A table that is read. */
    interface Read {

        /** Whether a column of that name is compared. */
        boolean compares(String column);

        /** Names of the columns that are not, as their types have no form that is sure. */
        List<String> left();

        /** What else should be known of its verification. */
        default List<String> notes() {
            return List.of();
        }

        /** What the target has to know. */
        SourceShape shape(TableMapping mapping);

        /**
         * Its rows.
         *
         * @param summable whether checksums of the database mean the same at the target
         */
        SourceTable table(boolean summable, Form form);

        /** Rows as the changes that make them so. */
        Function<Collection<RowKey>, Map<RowKey, Change>> changes(TableMapping mapping);
    }

    /** A kind of database. */
    interface Kind {

        /** Whether it can open such a URL. */
        boolean takes(String url);

        /** Opens a database of a configured connection; throws IllegalArgumentException if its URL can't be understood. */
        SourceDatabase open(String name, Connections.Connection configured);
    }
}
