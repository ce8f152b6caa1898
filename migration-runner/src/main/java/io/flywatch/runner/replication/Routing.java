package io.flywatch.runner.replication;

import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.migration.ReplicationMigration.Mapping;
import java.util.List;

/** Where a migration's tables go, by its mapping. */
public final class Routing {
    /** Begins the name of a collection that keeps rows which are to be seen elsewhere. */
    private static final String KEPT = "flywatch_embedded_";

    private Routing() {}

    /**
     * The route of a table.
     *
     * @param usual its name at the target unless the mapping says another one
     */
    public static TableRoute of(ReplicationMigration migration, String source, String usual, List<String> keyColumns) {
        Mapping mapping = migration.target().mapping().get(source);
        if (mapping == null) {
            return new TableRoute(
                    source, usual, keyColumns, null, migration.target().policy());
        }
        String unnamed = mapping.embedding() == null ? usual : KEPT + usual;
        return new TableRoute(
                source,
                mapping.name() == null ? unnamed : mapping.name(),
                keyColumns,
                mapping.columns(),
                migration.target().policy(),
                mapping.embedding(),
                mapping.documentKey());
    }
}
