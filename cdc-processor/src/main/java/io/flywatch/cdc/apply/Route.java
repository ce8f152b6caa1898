package io.flywatch.cdc.apply;

import io.flywatch.cdc.embed.Family;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.List;

/** What is done with a topic's changes. */
public sealed interface Route {

    /** {@code schema.table} at the source. */
    String source();

    /**
     * They go to a table or collection of the target.
     *
     * @param family what it has to do with embedded rows
     */
    record Table(TableRoute table, Family family) implements Route {

        /** A table that has nothing to do with embedded rows. */
        public Table(TableRoute table) {
            this(table, new Family.None());
        }

        /** The key's columns by their names at the target. */
        public List<String> keyColumns() {
            return TableMapping.of(table, null).names(table.keyColumns());
        }

        @Override
        public String source() {
            return table.source();
        }
    }

    /** They are heartbeats: the newest one is kept at the target, and proves that everything before it has arrived. */
    record Heartbeat(String source) implements Route {}
}
