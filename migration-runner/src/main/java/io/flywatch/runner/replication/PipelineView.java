package io.flywatch.runner.replication;

import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.Headroom;
import io.flywatch.events.lag.LagSample.Vitals;
import io.flywatch.events.lag.PipelineState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What all replicas of the processor together say of a pipeline: the counts added up, the worst of the times.
 *
 * @param at when the quietest of the replicas that count last spoke
 * @param stalenessSeconds null if any replica that holds something of the pipeline does not know it, or nobody holds a part of it
 * @param tables by name at the source
 * @param lagSeconds the greatest end-to-end lag of the last second's changes; null if none was applied
 * @param parkedKeys keys whose changes wait behind a dead letter
 * @param headroom time to data loss, by log, the least of what the replicas say
 */
public record PipelineView(
        Instant at,
        PipelineState state,
        String reason,
        @Nullable Double stalenessSeconds,
        double appliedPerSecond,
        double arrivingPerSecond,
        long backlog,
        long errors,
        long deadLetters,
        Map<String, Counts> tables,
        @Nullable Double lagSeconds,
        long parkedKeys,
        List<Headroom> headroom) {
    public PipelineView {
        tables = Map.copyOf(tables);
        headroom = List.copyOf(headroom);
    }

    /** Rows of one table that were applied in this run. */
    public record Counts(long snapshotRows, long streamedRows, long backlog) {
        Counts plus(Counts other) {
            return new Counts(
                    snapshotRows + other.snapshotRows, streamedRows + other.streamedRows, backlog + other.backlog);
        }
    }

    /** The view of the latest samples; a replica that was silent for so long has gone, and others have its partitions. */
    public static Optional<PipelineView> of(Collection<LagSample> latest, Instant now, Duration gone) {
        List<LagSample> present = latest.stream()
                .filter(it -> latest.size() == 1 || it.at().isAfter(now.minus(gone)))
                .toList();
        if (present.isEmpty()) {
            return Optional.empty();
        }
        Replicas replicas = Replicas.of(present);
        List<LagSample> samples = replicas.working();
        Map<String, Counts> tables = new HashMap<>();
        samples.forEach(sample -> sample.tables()
                .forEach(it -> tables.merge(
                        it.source(), new Counts(it.snapshotRows(), it.streamedRows(), it.backlog()), Counts::plus)));
        LagSample worst = samples.stream()
                .max(Comparator.comparingInt(
                        it -> it.state() == PipelineState.BROKEN ? 2 : it.state() == PipelineState.STREAMING ? 0 : 1))
                .orElseThrow();
        return Optional.of(new PipelineView(
                samples.stream()
                        .map(LagSample::at)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                replicas.unheld().map(table -> PipelineState.UNMEASURED).orElse(worst.state()),
                replicas.unheld().map(PipelineView::handedOver).orElse(worst.reason()),
                replicas.unheld().isPresent() ? null : staleness(samples),
                samples.stream().mapToDouble(LagSample::appliedPerSecond).sum(),
                samples.stream().mapToDouble(LagSample::arrivingPerSecond).sum(),
                samples.stream().mapToLong(LagSample::backlog).sum(),
                samples.stream().mapToLong(LagSample::errors).sum(),
                samples.stream().mapToLong(LagSample::deadLetters).sum(),
                tables,
                samples.stream()
                        .map(LagSample::lagSeconds)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                samples.stream()
                        .map(LagSample::vitals)
                        .filter(Objects::nonNull)
                        .mapToLong(Vitals::parkedKeys)
                        .sum(),
                headroom(samples)));
    }

    private static String handedOver(String table) {
        return "No replica of the processor holds all of table " + table + " now: it is about to be taken by one.";
    }

    /** What one replica does not know is not known. */
    private static List<Headroom> headroom(List<LagSample> samples) {
        Map<String, Headroom> least = new TreeMap<>();
        samples.stream()
                .map(LagSample::vitals)
                .filter(Objects::nonNull)
                .flatMap(it -> it.headroom().stream())
                .forEach(it -> least.merge(it.resource(), it, PipelineView::lesser));
        return List.copyOf(least.values());
    }

    private static Headroom lesser(Headroom one, Headroom other) {
        if (one.seconds() == null || other.seconds() == null) {
            boolean known = one.seconds() != null || one.unlimited();
            return known ? other : one;
        }
        return one.seconds() <= other.seconds() ? one : other;
    }

    private static @Nullable Double staleness(List<LagSample> samples) {
        double worst = 0;
        for (LagSample sample : samples) {
            if (sample.stalenessSeconds() == null) {
                return null;
            }
            worst = Math.max(worst, sample.stalenessSeconds());
        }
        return worst;
    }

    /** The source time up to which everything was applied. */
    public @Nullable Instant appliedUpTo() {
        return stalenessSeconds == null ? null : at.minusMillis(Math.round(stalenessSeconds * 1_000));
    }

    /** How long nothing was heard. */
    public Duration silence(Instant now) {
        Duration silence = Duration.between(at, now);
        return silence.isNegative() ? Duration.ZERO : silence;
    }
}
