package io.flywatch.cdc.apply;

import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;

/** What is done with a topic's changes. */
public sealed interface Route {

    /** {@code schema.table} at the source. */
    String source();

    /** They go to a table or collection of the target. */
    record Table(TableRoute table) implements Route {
        @Override
        public String source() {
            return table.source();
        }
    }

    /** They are heartbeats: the newest one is kept at the target, and proves that everything before it has arrived. */
    record Heartbeat(String source) implements Route {}
}
