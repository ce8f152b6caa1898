package io.flywatch.cdc;

import io.flywatch.cdc.verify.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Every meter of the processor. */
@Singleton
final class CdcMetrics {

    static final List<String> STAGES = List.of("capture", "transport", "apply", "end_to_end");

    private static final String MIGRATION = "migration_id";
    private static final String SECONDS = "seconds";

    private static final Duration[] BUCKETS = DoubleStream.of(
                    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)
            .mapToObj(seconds -> Duration.ofNanos((long) (seconds * 1e9)))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;

    CdcMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    Counter rows(String migration, String table) {
        return counter(
                "migration.rows",
                "Rows of the snapshot and changes applied",
                MIGRATION,
                migration,
                "table_name",
                table);
    }

    Counter errors(String migration, String type) {
        return counter(
                "migration.errors",
                "Records that could not be applied, by reason",
                MIGRATION,
                migration,
                "error_type",
                type);
    }

    Counter events(String source, String table, String operation) {
        return counter(
                "cdc.events.processed",
                "Change events applied, by the pipeline they come from",
                "source",
                source,
                "table",
                table,
                "operation",
                operation);
    }

    Counter retries(String migration) {
        return counter("cdc.retries", "Attempts to write that failed and were repeated", MIGRATION, migration);
    }

    Counter deadLetters(String migration) {
        return counter(
                "cdc.dead.letters", "Records put into the dead letters, parked ones included", MIGRATION, migration);
    }

    Counter stale(String migration) {
        return counter("cdc.stale.events", "Changes left out, as they had been applied before", MIGRATION, migration);
    }

    Counter unavailable(String migration) {
        return counter(
                "cdc.unavailable.values",
                "Large values that a change left as they were, kept as they stand at the target",
                MIGRATION,
                migration);
    }

    Counter negative(String migration, String stage) {
        return counter(
                "cdc.negative.stage",
                "Batches whose stage took less than no time, as two clocks disagree",
                MIGRATION,
                migration,
                "stage",
                stage);
    }

    Timer stage(String migration, String stage) {
        return Timer.builder("cdc." + stage.replace('_', '.') + ".lag")
                .description(descriptionOf(stage))
                .tags(MIGRATION, migration)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static String descriptionOf(String stage) {
        return switch (stage) {
            case "capture" -> "Commit at the source to capture by the connector, of each batch's oldest change";
            case "transport" -> "Capture by the connector to receipt by the processor, of each batch's oldest change";
            case "apply" -> "Receipt by the processor to commit at the target, of each batch's oldest change";
            default -> "Commit at the source to commit at the target, of each batch's oldest change";
        };
    }

    Gauge dataLag(String migration, Supplier<Number> value) {
        return gauge(
                "migration.data.lag",
                SECONDS,
                "End-to-end lag of the last second's oldest change",
                value,
                MIGRATION,
                migration);
    }

    Gauge replicationLag(String migration, String source, String target, Supplier<Number> value) {
        return gauge(
                "cdc.replication.lag",
                SECONDS,
                "End-to-end lag of the last second's oldest change of a table",
                value,
                MIGRATION,
                migration,
                "source_table",
                source,
                "target_table",
                target);
    }

    Gauge staleness(String migration, Supplier<Number> value) {
        return gauge(
                "cdc.staleness",
                SECONDS,
                "Now at the source less the source time up to which everything has been applied",
                value,
                MIGRATION,
                migration);
    }

    Gauge clockSkew(String migration, Supplier<Number> value) {
        return gauge("cdc.clock.skew", SECONDS, "The source's clock less ours", value, MIGRATION, migration);
    }

    Gauge heartbeatAge(String migration, Supplier<Number> value) {
        return gauge(
                "cdc.heartbeat.age",
                SECONDS,
                "Since the newest heartbeat at the target was written",
                value,
                MIGRATION,
                migration);
    }

    Gauge headroom(String migration, String resource, Supplier<Number> value) {
        return gauge(
                "cdc.headroom",
                SECONDS,
                "Time until a log throws away what is still needed; +Inf if never, NaN if not measured",
                value,
                MIGRATION,
                migration,
                "resource",
                resource);
    }

    Gauge openDeadLetters(String migration, Supplier<Number> value) {
        return gauge(
                "cdc.dead.letters.open",
                "records",
                "Records in the dead letters that have been neither replayed nor discarded",
                value,
                MIGRATION,
                migration);
    }

    Gauge parked(String migration, Supplier<Number> value) {
        return gauge("cdc.parked", "keys", "Keys whose changes wait behind a dead letter", value, MIGRATION, migration);
    }

    Gauge state(String migration, String state, Supplier<Number> value) {
        return gauge(
                "cdc.pipeline.state",
                null,
                "1 for the state that the pipeline is in",
                value,
                MIGRATION,
                migration,
                "state",
                state);
    }

    Gauge consumerLag(String topic, int partition, Supplier<Number> value) {
        return gauge(
                "cdc.consumer.lag",
                "messages",
                "Records behind the applied position",
                value,
                "topic",
                topic,
                "partition",
                Integer.toString(partition));
    }

    Gauge verificationProgress(String migration, Supplier<Number> value) {
        return gauge(
                "cdc.verification.progress.ratio",
                null,
                "How much of the latest verification is done",
                value,
                MIGRATION,
                migration);
    }

    Gauge verificationMismatches(String migration, Kind kind, Supplier<Number> value) {
        return gauge(
                "cdc.verification.mismatches",
                null,
                "Rows that the latest verification proved to differ",
                value,
                MIGRATION,
                migration,
                "kind",
                kind.name().toLowerCase(Locale.ROOT));
    }

    Counter verifiedRows(String migration, String table) {
        return counter(
                "cdc.verification.rows",
                "Rows of the source that verifications compared",
                MIGRATION,
                migration,
                "table_name",
                table);
    }

    Counter verifiedChunks(String migration, String outcome) {
        return counter(
                "cdc.verification.chunks",
                "Chunks that verifications compared, by whether they differed at the first look",
                MIGRATION,
                migration,
                "outcome",
                outcome);
    }

    void remove(@Nullable Meter meter) {
        if (meter != null) {
            registry.remove(meter);
        }
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private Gauge gauge(
            String name, @Nullable String unit, String description, Supplier<Number> value, String... tags) {
        return Gauge.builder(name, value)
                .baseUnit(unit)
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
