package io.flywatch.cdc.lag;

import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.Headroom;
import io.flywatch.events.lag.LagSample.Lately;
import io.flywatch.events.lag.LagSample.Share;
import io.flywatch.events.lag.LagSample.Spread;
import io.flywatch.events.lag.LagSample.TableLag;
import io.flywatch.events.lag.LagSample.Vitals;
import io.flywatch.events.lag.PipelineState;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One sample of several replicas: counts added up, the worst of times. A percentile of all changes is never above the worst of the replicas'. */
final class Sums {
    private static final List<PipelineState> BY_TROUBLE = List.of(
            PipelineState.UNMEASURED,
            PipelineState.IDLE,
            PipelineState.STREAMING,
            PipelineState.SNAPSHOTTING,
            PipelineState.CATCHING_UP,
            PipelineState.THROTTLED,
            PipelineState.STALLED,
            PipelineState.BROKEN);
    private static final Spread NONE = new Spread(null, null, null, 0);

    private Sums() {}

    /** Of the same run, in the name of the replica that was asked. */
    static LagSample of(LagSample asked, List<LagSample> all) {
        LagSample worst = all.stream()
                .max(Comparator.comparingInt(sample -> BY_TROUBLE.indexOf(sample.state())))
                .orElse(asked);
        LagSample slow = slowest(all).orElse(worst);
        return new LagSample(
                asked.migrationId(),
                asked.runId(),
                asked.at(),
                asked.replica(),
                worst.state(),
                worst.reason(),
                slow.lagSeconds(),
                all.stream().anyMatch(sample -> sample.stalenessSeconds() == null)
                        ? null
                        : worst(all.stream().map(LagSample::stalenessSeconds)),
                skew(asked, all),
                all.stream().mapToDouble(LagSample::arrivingPerSecond).sum(),
                all.stream().mapToDouble(LagSample::appliedPerSecond).sum(),
                all.stream().mapToLong(LagSample::backlog).sum(),
                all.stream().mapToLong(LagSample::errors).sum(),
                all.stream().mapToLong(LagSample::deadLetters).sum(),
                slow.stages(),
                tables(asked, all),
                vitals(all),
                share(all));
    }

    /** The same while a part of it is held by nobody: how stale it is nobody knows. */
    static LagSample unknown(LagSample sum, String reason) {
        return new LagSample(
                sum.migrationId(),
                sum.runId(),
                sum.at(),
                sum.replica(),
                sum.state() == PipelineState.BROKEN ? sum.state() : PipelineState.UNMEASURED,
                reason,
                sum.lagSeconds(),
                null,
                sum.clockSkewSeconds(),
                sum.arrivingPerSecond(),
                sum.appliedPerSecond(),
                sum.backlog(),
                sum.errors(),
                sum.deadLetters(),
                sum.stages(),
                sum.tables(),
                sum.vitals(),
                sum.share());
    }

    /** Whose slowest change was the slowest: all its stages are that change's. */
    static Optional<LagSample> slowest(List<LagSample> all) {
        return all.stream()
                .filter(sample -> sample.lagSeconds() != null)
                .max(Comparator.comparing(sample -> Objects.requireNonNull(sample.lagSeconds())));
    }

    private static @Nullable Double skew(LagSample asked, List<LagSample> all) {
        Double own = asked.clockSkewSeconds();
        return own != null
                ? own
                : all.stream()
                        .map(LagSample::clockSkewSeconds)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private static List<TableLag> tables(LagSample asked, List<LagSample> all) {
        Map<String, TableLag> tables = new LinkedHashMap<>();
        asked.tables().forEach(table -> tables.put(table.source(), nothingOf(table)));
        all.stream()
                .flatMap(sample -> sample.tables().stream())
                .forEach(table -> tables.merge(table.source(), table, Sums::both));
        return List.copyOf(tables.values());
    }

    private static TableLag nothingOf(TableLag table) {
        return new TableLag(table.source(), table.target(), 0, 0, 0, null, 0, 0, table.partitions());
    }

    private static TableLag both(TableLag one, TableLag other) {
        return new TableLag(
                one.source(),
                one.target(),
                one.snapshotRows() + other.snapshotRows(),
                one.streamedRows() + other.streamedRows(),
                one.rowsPerSecond() + other.rowsPerSecond(),
                worst(Stream.of(Optional.ofNullable(one.lagSeconds()), Optional.ofNullable(other.lagSeconds()))
                        .flatMap(Optional::stream)),
                one.backlog() + other.backlog(),
                number(one.held()) + number(other.held()),
                one.partitions() == null && other.partitions() == null
                        ? null
                        : Integer.valueOf(Math.max(number(one.partitions()), number(other.partitions()))));
    }

    private static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    private static @Nullable Vitals vitals(List<LagSample> all) {
        List<Vitals> told =
                all.stream().map(LagSample::vitals).filter(Objects::nonNull).toList();
        Map<String, Headroom> least = new TreeMap<>();
        told.forEach(vitals -> vitals.headroom().forEach(own -> least.merge(own.resource(), own, Sums::lesser)));
        LagSample mostBehind =
                all.stream().max(Comparator.comparingLong(LagSample::backlog)).orElse(null);
        Vitals ofIt = mostBehind == null ? null : mostBehind.vitals();
        return new Vitals(
                told.stream()
                        .map(Vitals::heartbeatAgeSeconds)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                List.copyOf(least.values()),
                ofIt == null ? null : ofIt.catchUp(),
                told.stream().mapToLong(Vitals::parkedKeys).sum(),
                told.stream().mapToLong(Vitals::negativeStages).sum());
    }

    /** What one replica does not know is not known. */
    private static Headroom lesser(Headroom one, Headroom other) {
        if (one.seconds() == null || other.seconds() == null) {
            boolean known = one.seconds() != null || one.unlimited();
            return known ? other : one;
        }
        return one.seconds() <= other.seconds() ? one : other;
    }

    private static Share share(List<LagSample> all) {
        List<Share> shares =
                all.stream().map(LagSample::share).filter(Objects::nonNull).toList();
        return new Share(
                shares.stream().flatMap(share -> share.holds().stream()).toList(),
                spread(shares, Share::changes),
                new Lately(
                        spread(shares, share -> share.lastMinute().capture()),
                        spread(shares, share -> share.lastMinute().transport()),
                        spread(shares, share -> share.lastMinute().apply()),
                        spread(shares, share -> share.lastMinute().endToEnd())));
    }

    private static Spread spread(List<Share> shares, Function<Share, Spread> of) {
        return shares.stream()
                .map(of)
                .reduce(
                        NONE,
                        (one, other) -> new Spread(
                                worst(one, other, Spread::p50Seconds),
                                worst(one, other, Spread::p99Seconds),
                                worst(one, other, Spread::maxSeconds),
                                one.count() + other.count()));
    }

    private static @Nullable Double worst(Spread one, Spread other, Function<Spread, @Nullable Double> of) {
        return worst(Stream.of(one, other).map(of).filter(Objects::nonNull));
    }

    private static @Nullable Double worst(Stream<@Nullable Double> values) {
        return values.filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(null);
    }
}
