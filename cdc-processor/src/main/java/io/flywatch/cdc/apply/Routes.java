package io.flywatch.cdc.apply;

import io.flywatch.cdc.embed.Family;
import io.flywatch.events.Topics;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.kit.pipeline.TopicCheck;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which of a pipeline's topics goes where. */
public final class Routes {
    private final Map<String, Route> byTopic;

    private Routes(Map<String, Route> byTopic) {
        this.byTopic = Map.copyOf(byTopic);
    }

    /** The routes that a pipeline declares. */
    public static Routes of(PipelineDeclared pipeline) {
        Map<String, Route> byTopic = new HashMap<>();
        for (TableRoute table : pipeline.tables()) {
            byTopic.put(topic(pipeline, table.source()), new Route.Table(table, Family.of(table, pipeline.tables())));
        }
        String heartbeat = pipeline.heartbeatTable();
        if (heartbeat != null) {
            byTopic.put(topic(pipeline, heartbeat), new Route.Heartbeat(heartbeat));
        }
        return new Routes(byTopic);
    }

    /** The topic of a table's changes: Debezium puts an underscore for what Kafka does not allow in a topic's name. */
    public static String topic(PipelineDeclared pipeline, String table) {
        return Topics.changesPrefix(pipeline.migrationId()) + "." + TopicCheck.topic(table);
    }

    /** The route of a topic; empty if the topic is not applied. */
    public Optional<Route> of(String topic) {
        return Optional.ofNullable(byTopic.get(topic));
    }
}
