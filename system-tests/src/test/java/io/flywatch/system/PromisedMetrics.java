package io.flywatch.system;

import java.util.List;
import java.util.Set;

/** The metrics whose names are a promise: users' dashboards hang on them. */
final class PromisedMetrics {

    /**
     * One promise.
     *
     * @param moves whether the demo makes it non-zero; errors need not happen in it
     */
    record Promise(String service, String name, String type, Set<String> labels, boolean moves) {}

    static final List<Promise> ALL = List.of(
            runner("mongodb_migration_duration_seconds", "histogram", true, "version", "status"),
            runner("mongodb_migration_documents_total", "counter", true, "version", "collection"),
            runner("mongodb_migration_errors_total", "counter", false, "version", "error_type"),
            runner("migration_duration_seconds", "histogram", true, "migration_id"),
            runner("migration_rows_total", "counter", true, "migration_id", "table_name"),
            runner("migration_errors_total", "counter", false, "migration_id", "error_type"),
            processor("migration_rows_total", "counter", true, "migration_id", "table_name"),
            processor("migration_errors_total", "counter", false, "migration_id", "error_type"),
            processor("migration_data_lag_seconds", "gauge", true, "migration_id"),
            processor("cdc_events_processed_total", "counter", true, "source", "table", "operation"),
            processor("cdc_consumer_lag_messages", "gauge", false, "topic", "partition"),
            processor("cdc_staleness_seconds", "gauge", true, "migration_id"),
            processor("cdc_headroom_seconds", "gauge", false, "migration_id", "resource"),
            processor("cdc_replication_lag_seconds", "gauge", true, "migration_id", "source_table", "target_table"));

    private PromisedMetrics() {}

    private static Promise runner(String name, String type, boolean moves, String... labels) {
        return new Promise("migration-runner", name, type, Set.of(labels), moves);
    }

    private static Promise processor(String name, String type, boolean moves, String... labels) {
        return new Promise("cdc-processor", name, type, Set.of(labels), moves);
    }
}
