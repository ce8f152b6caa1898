package io.flywatch.kit.pipeline;

import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether each table has a topic of its own: Debezium puts an underscore for whatever Kafka does not allow in a topic's name, and does not look for another table there. */
public final class TopicCheck {

    private TopicCheck() {}

    /** A table's part of its topic's name. */
    public static String topic(String table) {
        return table.replaceAll("[^a-zA-Z0-9._-]", "_");
    }

    /** Which two have one, and what to do; empty if none have. */
    public static Optional<String> fault(List<TableRoute> tables) {
        Map<String, String> byTopic = new HashMap<>();
        for (TableRoute table : tables) {
            String other = byTopic.put(topic(table.source()), table.source());
            if (other != null && !other.equals(table.source())) {
                return Optional.of("the changes of " + other + " and of " + table.source()
                        + " would come in one topic, as their names differ in characters alone that no topic can have. Rename one of"
                        + " them at the source, or move it by a migration of its own");
            }
        }
        return Optional.empty();
    }
}
