package io.flywatch.system.stand;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Replication} is to be.
 *
 * @param folder where it keeps its files, which is emptied
 * @param sourceKind {@code postgresql}, {@code mariadb}, or the connection string of a replica set that somebody else runs
 * @param targetKind {@code mongodb}, {@code postgresql} or {@code mariadb}
 * @param schema statements that make the source's tables and their first rows, in database {@code shop}
 * @param targetSchema statements that prepare a SQL target
 * @param connector Debezium settings that differ
 * @param processorJvm options of the processors' JVMs
 * @param mapping what becomes of tables, as the migration's file has it: a line for each, without indentation
 * @param registry what Avro is written by; null for JSON
 */
public record ReplicationSetup(
        Path folder,
        String sourceKind,
        String targetKind,
        List<String> schema,
        List<String> targetSchema,
        Map<String, String> connector,
        List<String> processorJvm,
        List<String> mapping,
        @Nullable StandRegistry registry) {
    public ReplicationSetup {
        mapping = List.copyOf(mapping);
        schema = List.copyOf(schema);
        targetSchema = List.copyOf(targetSchema);
        connector = Map.copyOf(connector);
        processorJvm = List.copyOf(processorJvm);
    }

    /** Tables that stay as they are. */
    public ReplicationSetup(
            Path folder,
            String sourceKind,
            String targetKind,
            List<String> schema,
            List<String> targetSchema,
            Map<String, String> connector,
            List<String> processorJvm) {
        this(folder, sourceKind, targetKind, schema, targetSchema, connector, processorJvm, List.of(), null);
    }

    /** The file of the migration that moves these tables. */
    String migration(String id, String tables) {
        Map<String, String> settings = new HashMap<>(connector);
        if (registry != null) {
            settings.putAll(registry.connector());
        }
        String lines = settings.entrySet().stream()
                .map(setting -> "\n    " + setting.getKey() + ": \"" + setting.getValue() + '"')
                .collect(Collectors.joining());
        return """
                kind: replication
                id: %s
                source:
                  connection: source
                  tables: %s
                  connector: %s
                target:
                  connection: target
                  database: %s
                  mapping: %s
                """.formatted(
                        id,
                        tables,
                        lines.isEmpty() ? "{}" : lines,
                        StandTarget.DATABASE,
                        mapping.isEmpty() ? "{}" : "\n    " + String.join("\n    ", mapping));
    }
}
