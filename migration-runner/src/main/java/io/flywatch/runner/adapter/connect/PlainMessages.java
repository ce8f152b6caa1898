package io.flywatch.runner.adapter.connect;

import io.flywatch.runner.adapter.jdbc.SourceUrl;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import java.util.List;
import java.util.Map;

/**
 * Messages without a schema: the processor reads them by the source's catalogue and by how we set the connector up, so a migration must
 * not change in which form values are written.
 */
final class PlainMessages {
    private static final String SCHEMAS = "value.converter.schemas.enable";
    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";
    private static final List<String> FORMS = List.of(
            "decimal.handling.mode",
            "binary.handling.mode",
            "time.precision.mode",
            "interval.handling.mode",
            "hstore.handling.mode",
            "field.name.adjustment.mode",
            "schema.name.adjustment.mode",
            "unavailable.value.placeholder",
            "include.unknown.datatypes",
            "converters",
            "transforms");

    private PlainMessages() {}

    /** Throws {@link RunFailure} if messages would come without a schema and could not be read for sure. */
    static void check(ReplicationMigration migration, String url) {
        Map<String, String> changed = migration.source().connector();
        boolean plain =
                "false".equals(changed.get(SCHEMAS)) && JSON.equals(changed.getOrDefault("value.converter", JSON));
        if (!plain || url.startsWith("mongodb")) {
            return;
        }
        if (SourceUrl.of(url).kind() != SourceUrl.Kind.POSTGRESQL) {
            throw refused("source.connector sets " + SCHEMAS
                    + "=false, and only a PostgreSQL source's catalogue is read for the"
                    + " types that are missing then. Remove it.");
        }
        List<String> forms = FORMS.stream().filter(changed::containsKey).toList();
        if (!forms.isEmpty()) {
            throw refused("source.connector sets " + SCHEMAS + "=false and changes " + String.join(", ", forms)
                    + ": without a schema nobody could tell in which form values are written. Remove one of the two.");
        }
    }

    private static RunFailure refused(String why) {
        return new RunFailure(FailureType.CONFIGURATION, why);
    }
}
