package io.flywatch.anomaly.series;

import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.Headroom;
import io.flywatch.events.lag.LagSample.StageLag;
import io.flywatch.events.lag.LagSample.TableLag;
import io.flywatch.events.lag.LagSample.Vitals;
import io.flywatch.events.lag.PipelineState;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as a whole: counts of all replicas added up, the worst of their times. What nobody measured is null.
 *
 * @param at the newest sample's time
 * @param state the most troubled state that a replica reports
 * @param reason why it is in that state
 * @param snapshotting whether a replica is still busy with the snapshot
 * @param rows rows applied in this run, of the snapshot and streamed
 * @param vitals how safe it is: the newest heartbeat that any replica knows of, the least headroom, the most troubled replica's pace
 */
public record LagView(
        Instant at,
        PipelineState state,
        String reason,
        boolean snapshotting,
        @Nullable Double lagSeconds,
        @Nullable Double stalenessSeconds,
        double arrivingPerSecond,
        double appliedPerSecond,
        long backlog,
        long errors,
        long deadLetters,
        long rows,
        StageLag stages,
        List<TableLag> tables,
        @Nullable Double clockSkewSeconds,
        @Nullable Vitals vitals) {

    private static final List<PipelineState> BY_TROUBLE = List.of(
            PipelineState.UNMEASURED,
            PipelineState.IDLE,
            PipelineState.STREAMING,
            PipelineState.SNAPSHOTTING,
            PipelineState.CATCHING_UP,
            PipelineState.THROTTLED,
            PipelineState.STALLED,
            PipelineState.BROKEN);

    public LagView {
        tables = List.copyOf(tables);
    }

    /** Puts together the latest samples of all replicas, of which there must be at least one. */
    public static LagView of(Collection<LagSample> replicas) {
        LagSample worst =
                replicas.stream().max(Comparator.comparingInt(LagView::trouble)).orElseThrow();
        return new LagView(
                replicas.stream()
                        .map(LagSample::at)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                worst.state(),
                worst.reason(),
                replicas.stream().anyMatch(sample -> sample.state() == PipelineState.SNAPSHOTTING),
                worstOf(replicas.stream(), LagSample::lagSeconds),
                worstOf(replicas.stream(), LagSample::stalenessSeconds),
                replicas.stream().mapToDouble(LagSample::arrivingPerSecond).sum(),
                replicas.stream().mapToDouble(LagSample::appliedPerSecond).sum(),
                replicas.stream().mapToLong(LagSample::backlog).sum(),
                replicas.stream().mapToLong(LagSample::errors).sum(),
                replicas.stream().mapToLong(LagSample::deadLetters).sum(),
                replicas.stream()
                        .flatMap(sample -> sample.tables().stream())
                        .mapToLong(table -> table.snapshotRows() + table.streamedRows())
                        .sum(),
                stages(replicas),
                replicas.stream().flatMap(sample -> sample.tables().stream()).toList(),
                worstOf(replicas.stream(), LagSample::clockSkewSeconds),
                vitals(worst, replicas));
    }

    private static @Nullable Vitals vitals(LagSample worst, Collection<LagSample> replicas) {
        List<Vitals> told = replicas.stream()
                .map(LagSample::vitals)
                .filter(Objects::nonNull)
                .toList();
        if (told.isEmpty()) {
            return null;
        }
        Map<String, Headroom> least = new TreeMap<>();
        told.forEach(vitals ->
                vitals.headroom().forEach(headroom -> least.merge(headroom.resource(), headroom, LagView::lesser)));
        return new Vitals(
                told.stream()
                        .map(Vitals::heartbeatAgeSeconds)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                List.copyOf(least.values()),
                worst.vitals() == null ? null : worst.vitals().catchUp(),
                told.stream().mapToLong(Vitals::parkedKeys).sum(),
                told.stream().mapToLong(Vitals::negativeStages).sum());
    }

    private static Headroom lesser(Headroom one, Headroom other) {
        if (one.seconds() == null || other.seconds() == null) {
            return one.seconds() == null ? other : one;
        }
        return one.seconds() <= other.seconds() ? one : other;
    }

    private static int trouble(LagSample sample) {
        return BY_TROUBLE.indexOf(sample.state());
    }

    private static StageLag stages(Collection<LagSample> replicas) {
        return new StageLag(
                worstOf(replicas.stream(), sample -> sample.stages().capture()),
                worstOf(replicas.stream(), sample -> sample.stages().transport()),
                worstOf(replicas.stream(), sample -> sample.stages().apply()));
    }

    private static <T> @Nullable Double worstOf(Stream<T> samples, Function<T, @Nullable Double> measure) {
        return samples.map(measure)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The table that is furthest behind, if any was measured. */
    public @Nullable TableLag worstTable() {
        return tables.stream()
                .filter(table -> table.lagSeconds() != null)
                .max(Comparator.comparingDouble(LagView::lagOf))
                .orElse(null);
    }

    private static double lagOf(TableLag table) {
        Double lag = table.lagSeconds();
        return lag == null ? 0 : lag;
    }
}
