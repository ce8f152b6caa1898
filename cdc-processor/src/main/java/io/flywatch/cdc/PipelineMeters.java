package io.flywatch.cdc;

import io.flywatch.cdc.apply.DeadLetter;
import io.flywatch.cdc.apply.DeadLetter.Kind;
import io.flywatch.cdc.apply.Sorted;
import io.flywatch.cdc.change.Operation;
import io.flywatch.cdc.lag.Headroom;
import io.flywatch.cdc.lag.Stages;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.PipelineState;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One pipeline's series: at zero, or not a number where nothing has been measured, from its declaration on; gone at its end. */
final class PipelineMeters {
    private final CdcMetrics metrics;
    private final String migration;
    private final List<Meter> all = new ArrayList<>();
    private final Map<String, Counter> rows = new HashMap<>();
    private final Map<String, Map<Operation, Counter>> events = new HashMap<>();
    private final Map<Kind, Counter> errors = new EnumMap<>(Kind.class);
    private final Map<String, Timer> stages = new HashMap<>();
    private final Map<String, Counter> negative = new HashMap<>();
    private final Map<PartitionId, Meter> backlogs = new ConcurrentHashMap<>();
    private final Map<PartitionId, Long> backlog = new ConcurrentHashMap<>();
    private final Counter retries;
    private final Counter deadLetters;
    private final Counter stale;
    private final Counter unavailable;
    private volatile @Nullable LagSample sample;
    private volatile @Nullable Double heartbeatAge;
    private volatile long parked;
    private volatile List<Headroom> headroom = List.of();
    private long staleSoFar;

    PipelineMeters(CdcMetrics metrics, PipelineDeclared pipeline) {
        this.metrics = metrics;
        this.migration = pipeline.migrationId();
        for (Kind kind : Kind.values()) {
            errors.put(kind, keep(metrics.errors(migration, kind.label())));
        }
        retries = keep(metrics.retries(migration));
        deadLetters = keep(metrics.deadLetters(migration));
        stale = keep(metrics.stale(migration));
        unavailable = keep(metrics.unavailable(migration));
        for (String stage : CdcMetrics.STAGES) {
            stages.put(stage, keep(metrics.stage(migration, stage)));
            negative.put(stage, keep(metrics.negative(migration, stage)));
        }
        keep(metrics.dataLag(migration, () -> value(LagSample::lagSeconds)));
        keep(metrics.staleness(migration, () -> value(LagSample::stalenessSeconds)));
        keep(metrics.clockSkew(migration, () -> value(LagSample::clockSkewSeconds)));
        keep(metrics.heartbeatAge(migration, () -> orNaN(heartbeatAge)));
        keep(metrics.parked(migration, () -> parked));
        for (String resource : List.of(Headroom.SOURCE_LOG, Headroom.KAFKA)) {
            keep(metrics.headroom(migration, resource, () -> headroomOf(resource)));
        }
        keep(metrics.openDeadLetters(migration, () -> value(latest -> (double) latest.deadLetters())));
        for (PipelineState state : PipelineState.values()) {
            String name = state.name().toLowerCase(Locale.ROOT).replace('_', '-');
            keep(metrics.state(migration, name, () -> isIn(state) ? 1 : 0));
        }
        pipeline.tables().forEach(table -> table(table.source(), table.target()));
    }

    private void table(String source, String target) {
        rows.put(source, keep(metrics.rows(migration, source)));
        Map<Operation, Counter> byOperation = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            byOperation.put(operation, keep(metrics.events(migration, source, operation.label())));
        }
        events.put(source, byOperation);
        keep(metrics.replicationLag(migration, source, target, () -> tableLag(source)));
    }

    private <M extends Meter> M keep(M meter) {
        all.add(meter);
        return meter;
    }

    void applied(String table, Sorted batch) {
        Counter tableRows = rows.get(table);
        Map<Operation, Counter> tableEvents = events.get(table);
        if (tableRows != null && tableEvents != null) {
            batch.operations().forEach((operation, count) -> {
                if (operation != Operation.TRUNCATE) {
                    tableRows.increment(count);
                }
                tableEvents.getOrDefault(operation, tableRows).increment(count);
            });
        }
    }

    /** What of a batch was not applied. */
    synchronized void unapplied(Sorted batch) {
        for (DeadLetter letter : batch.letters()) {
            count(errors.get(letter.kind()), 1);
        }
        deadLetters.increment(batch.letters().size());
        unavailable.increment(batch.unavailable());
    }

    /** Changes left out so far. */
    synchronized void stale(long total) {
        count(stale, Math.max(0, total - staleSoFar));
        staleSoFar = total;
    }

    void retried() {
        retries.increment();
    }

    void lag(Stages lag) {
        record("capture", lag.capture());
        record("transport", lag.transport());
        record("apply", lag.apply());
        record("end_to_end", lag.endToEnd());
    }

    private void record(String stage, @Nullable Double seconds) {
        if (seconds == null) {
            return;
        }
        if (seconds < 0) {
            count(negative.get(stage), 1);
        }
        Timer timer = stages.get(stage);
        if (timer != null && seconds >= 0) {
            timer.record(Duration.ofNanos(Math.round(seconds * 1e9)));
        }
    }

    private static void count(@Nullable Counter counter, double more) {
        if (counter != null) {
            counter.increment(more);
        }
    }

    /** How many changes had a stage of negative length so far, which only clocks that disagree can do. */
    long negatives() {
        return (long) negative.values().stream().mapToDouble(Counter::count).sum();
    }

    void opened(PartitionId id) {
        backlogs.computeIfAbsent(
                id,
                partition -> metrics.consumerLag(
                        partition.topic(), partition.partition(), () -> backlog.getOrDefault(partition, 0L)));
    }

    void closed(PartitionId id) {
        metrics.remove(backlogs.remove(id));
        backlog.remove(id);
    }

    /** What was sampled last. */
    void sampled(
            LagSample latest, Map<PartitionId, Long> backlogNow, @Nullable Double heartbeatAgeNow, long parkedNow) {
        sample = latest;
        backlog.putAll(backlogNow);
        heartbeatAge = heartbeatAgeNow;
        parked = parkedNow;
    }

    /** Time to data loss, as sampled last. */
    void headroom(List<Headroom> latest) {
        headroom = latest;
    }

    private double headroomOf(String resource) {
        return headroom.stream()
                .filter(own -> own.resource().equals(resource))
                .findFirst()
                .map(own -> orNaN(own.seconds()))
                .orElse(Double.NaN);
    }

    private double value(ToNullableDouble of) {
        LagSample latest = sample;
        return latest == null ? Double.NaN : orNaN(of.apply(latest));
    }

    private interface ToNullableDouble {
        @Nullable
        Double apply(LagSample sample);
    }

    private boolean isIn(PipelineState state) {
        LagSample latest = sample;
        return latest == null ? state == PipelineState.UNMEASURED : latest.state() == state;
    }

    private double tableLag(String source) {
        LagSample latest = sample;
        return latest == null
                ? Double.NaN
                : latest.tables().stream()
                        .filter(table -> table.source().equals(source))
                        .findFirst()
                        .map(table -> orNaN(table.lagSeconds()))
                        .orElse(Double.NaN);
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    void remove() {
        all.forEach(metrics::remove);
        backlogs.values().forEach(metrics::remove);
    }
}
