package io.flywatch.events;

import java.util.List;
import java.util.Map;

/** The names of Flywatch's Kafka topics, and how each is to be created. */
public final class Topics {

    /** Facts and samples of runs: {@link io.flywatch.events.progress.ProgressEvent}, keyed by migration id. */
    public static final String PROGRESS = "flywatch.progress.v1";

    /** The standing pipelines: {@link io.flywatch.events.pipeline.PipelineEvent}, keyed by migration id, compacted. */
    public static final String PIPELINES = "flywatch.pipelines.v1";

    /** One sample a second and replica: {@link io.flywatch.events.lag.LagEvent}, keyed by migration id. */
    public static final String LAG = "flywatch.lag.v1";

    /** Episodes: {@link io.flywatch.events.anomaly.AnomalyEvent}, keyed by migration id. */
    public static final String ANOMALIES = "flywatch.anomalies.v1";

    /** Which runs are watched, and up to when: {@link io.flywatch.events.watch.WatchEvent}, keyed by migration id, compacted. */
    public static final String WATCHES = "flywatch.watches.v1";

    /** Lifecycle of alerts and notices: {@link io.flywatch.events.alert.AlertEvent}, keyed by alert fingerprint. */
    public static final String ALERTS = "flywatch.alerts.v1";

    /** What comparisons of source and target found: {@link io.flywatch.events.verification.VerificationEvent}, keyed by migration id. */
    public static final String VERIFICATIONS = "flywatch.verifications.v1";

    /** Orders to the runner and the processor: {@link io.flywatch.events.command.CommandEvent}, keyed by migration id. */
    public static final String COMMANDS = "flywatch.commands.v1";

    /** Orders that the runner could not obey, as they came, with the reason in headers. */
    public static final String COMMANDS_DEAD_LETTERS = "flywatch.commands.dlq.v1";

    /** Change events that could not be applied, with their original key and value and the reason in headers. */
    public static final String DEAD_LETTERS = "flywatch.cdc.dlq.v1";

    /** Debezium's own notifications (snapshot started, table scanned, completed), keyed by Debezium. */
    public static final String CONNECTOR_NOTIFICATIONS = "flywatch.connector-notifications.v1";

    /** Debezium writes a table's changes to {@code cdc.<pipeline>.<schema>.<table>}. */
    public static final String CHANGES_PREFIX = "cdc.";

    /** Matches every topic of change events. */
    public static final String CHANGES_PATTERN = "cdc\\..+";

    private static final Map<String, String> A_WEEK = Map.of("retention.ms", "604800000");

    /** All topics of our own, with the settings they are created with if they are missing. */
    public static final List<TopicSpec> ALL = List.of(
            new TopicSpec(PROGRESS, A_WEEK),
            new TopicSpec(PIPELINES, Map.of("cleanup.policy", "compact")),
            new TopicSpec(LAG, A_WEEK),
            new TopicSpec(ANOMALIES, A_WEEK),
            new TopicSpec(WATCHES, Map.of("cleanup.policy", "compact")),
            new TopicSpec(ALERTS, A_WEEK),
            new TopicSpec(VERIFICATIONS, A_WEEK),
            new TopicSpec(COMMANDS, A_WEEK),
            new TopicSpec(COMMANDS_DEAD_LETTERS, Map.of("retention.ms", "-1")),
            new TopicSpec(DEAD_LETTERS, Map.of("retention.ms", "-1")),
            new TopicSpec(CONNECTOR_NOTIFICATIONS, A_WEEK));

    private Topics() {}

    /** Debezium's {@code topic.prefix} for a pipeline. */
    public static String changesPrefix(String pipeline) {
        return CHANGES_PREFIX + pipeline;
    }

    /**
     * A topic to be created if it is missing.
     *
     * @param name the topic's name
     * @param config Kafka's topic settings that differ from the broker's defaults
     */
    public record TopicSpec(String name, Map<String, String> config) {
        public TopicSpec {
            config = Map.copyOf(config);
        }
    }
}
