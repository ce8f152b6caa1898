package io.flywatch.cdc;

import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.apply.Routes;
import io.flywatch.cdc.lag.CatchUp;
import io.flywatch.cdc.lag.Evidence;
import io.flywatch.cdc.lag.Headroom;
import io.flywatch.cdc.lag.Heard;
import io.flywatch.cdc.lag.HeardBeat;
import io.flywatch.cdc.lag.Outlook;
import io.flywatch.cdc.lag.Rate;
import io.flywatch.cdc.lag.Situation;
import io.flywatch.cdc.lag.SourceLook;
import io.flywatch.cdc.lag.Stages;
import io.flywatch.cdc.lag.Told;
import io.flywatch.cdc.lag.Verdict;
import io.flywatch.cdc.lag.Whole;
import io.flywatch.cdc.position.Counts;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.Holding;
import io.flywatch.events.lag.LagSample.Share;
import io.flywatch.events.lag.LagSample.StageLag;
import io.flywatch.events.lag.LagSample.TableLag;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes one pipeline's samples. */
final class PipelineSampler {
    private final Pipeline pipeline;
    private final String replica;
    private final Heard heard;
    private final Surroundings around;
    private final Outlook outlook = new Outlook();
    private final Rate arriving = new Rate();
    private final Rate applied = new Rate();
    private final Map<PartitionId, Long> written = new HashMap<>();
    private final Map<PartitionId, Long> knownEnds = new HashMap<>();
    private @Nullable Instant before;
    private volatile @Nullable Own own;

    PipelineSampler(Pipeline pipeline, String replica, Surroundings around) {
        this.pipeline = pipeline;
        this.replica = replica;
        this.heard = new Heard(replica);
        this.around = around;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** The latest sample, and when it was taken by a clock that is never set. */
    private record Own(LagSample sample, Map<String, Integer> sizes, long nanos) {}

    /** A sample came from Kafka, of another replica or our own. */
    void heard(LagSample sample, long nanos) {
        heard.add(sample, nanos);
        if (!sample.replica().equals(replica)) {
            HeardBeat.of(sample).ifPresent(pipeline::heard);
        }
    }

    /** The pipeline as all replicas tell it; empty before the first sample. */
    Optional<PipelineStatus> status(long nanos) {
        return Optional.ofNullable(own)
                .map(latest -> new PipelineStatus(
                        pipeline.declared(),
                        Whole.of(
                                new Told(latest.sample(), Duration.ofNanos(nanos - latest.nanos())),
                                heard.others(nanos),
                                heard.isListening(nanos),
                                latest.sizes()),
                        pipeline.target().guarantee()));
    }

    /** How many partitions each table's topic has, the heartbeat's too, as far as there is one. */
    private Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new HashMap<>();
        Stream.concat(
                        pipeline.declared().tables().stream().map(TableRoute::source),
                        Stream.ofNullable(pipeline.declared().heartbeatTable()))
                .forEach(table -> Optional.ofNullable(around.partitions(Routes.topic(pipeline.declared(), table)))
                        .ifPresent(size -> sizes.put(table, size)));
        return sizes;
    }

    /**
     * One sample.
     *
     * @param ends where the partitions end; null if Kafka does not answer, and what was known counts
     */
    LagSample sample(Instant now, @Nullable Map<PartitionId, Long> ends, SourceLook look) {
        around.saw(look, now);
        Double skew = look.skewSeconds();
        List<Lane> lanes = List.copyOf(pipeline.lanes());
        if (ends != null) {
            lanes.forEach(
                    lane -> Optional.ofNullable(ends.get(lane.id())).ifPresent(end -> knownEnds.put(lane.id(), end)));
        }
        knownEnds.keySet().retainAll(lanes.stream().map(Lane::id).collect(Collectors.toSet()));
        Map<PartitionId, Long> backlog = lanes.stream().collect(Collectors.toMap(Lane::id, this::backlog));
        Counts counts = lanes.stream()
                .filter(PipelineSampler::isTable)
                .map(PipelineSampler::counts)
                .reduce(Counts.NONE, Counts::plus);
        double seconds = now.toEpochMilli() / 1e3;
        double arrivingNow = arriving.of(arrived(lanes), seconds);
        double appliedNow = applied.of(counts.snapshotRows() + counts.streamedRows(), seconds);
        Double heartbeatAge = age(pipeline.lastHeartbeat().orElse(null), now, skew);
        long waiting = tables(lanes, backlog);
        outlook.add(arrivingNow, appliedNow);
        CatchUp catchUp = outlook.of(waiting);
        Situation situation = new Situations(pipeline, lanes, backlog, now)
                .of(counts, waiting, arrivingNow, appliedNow, busy(lanes, now), heartbeatAge, evidence(now, catchUp));
        Double staleness = staleness(lanes, now, skew);
        List<Headroom> headroom = around.headroom(lanes, staleness, now);
        long parked = lanes.stream().mapToLong(PipelineSampler::parkedKeys).sum();
        LagSample.Vitals vitals = Vitals.of(
                heartbeatAge, headroom, catchUp, parked, pipeline.meters().negatives());
        LagSample sample = sample(now, skew, staleness, lanes, backlog, counts, situation, vitals);
        pipeline.meters().sampled(sample, backlog, heartbeatAge, parked);
        pipeline.meters().headroom(headroom);
        pipeline.meters().stale(counts.stale());
        own = new Own(sample, sizes(), System.nanoTime());
        before = now;
        return sample;
    }

    private Evidence evidence(Instant now, @Nullable CatchUp catchUp) {
        SourceLook look = around.look();
        Double beat = look.heartbeatAgeSeconds();
        return new Evidence(
                pipeline.newestCommit()
                        .map(at -> age(at, now, look.skewSeconds()))
                        .map(PipelineSampler::duration)
                        .orElse(null),
                look.connected(),
                around.decoding(),
                beat == null ? null : duration(beat),
                catchUp);
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1e3));
    }

    private LagSample sample(
            Instant now,
            @Nullable Double skew,
            @Nullable Double staleness,
            List<Lane> lanes,
            Map<PartitionId, Long> backlog,
            Counts counts,
            Situation situation,
            LagSample.Vitals vitals) {
        Verdict verdict = Verdict.of(situation);
        Stages worst = pipeline.worst().drain();
        return new LagSample(
                pipeline.id(),
                pipeline.declared().runId(),
                now,
                replica,
                verdict.state(),
                verdict.reason(),
                worst.endToEnd(),
                staleness,
                skew,
                situation.arrivingPerSecond(),
                situation.appliedPerSecond(),
                situation.backlog(),
                counts.errors(),
                counts.deadLetters(),
                new StageLag(worst.capture(), worst.transport(), worst.apply()),
                pipeline.declared().tables().stream()
                        .map(route -> table(route, lanes, backlog, now))
                        .toList(),
                vitals,
                share(lanes, backlog, now));
    }

    private Share share(List<Lane> lanes, Map<PartitionId, Long> backlog, Instant now) {
        return new Share(
                lanes.stream()
                        .map(lane -> new Holding(
                                lane.route().source(), lane.id().partition(), backlog.getOrDefault(lane.id(), 0L)))
                        .sorted(Comparator.comparing(Holding::table).thenComparing(Holding::partition))
                        .toList(),
                pipeline.times().whole(),
                pipeline.times().lastMinute(ChronoUnit.MICROS.between(Instant.EPOCH, now)));
    }

    private TableLag table(TableRoute route, List<Lane> lanes, Map<PartitionId, Long> backlog, Instant now) {
        List<Lane> own = lanes.stream()
                .filter(lane -> lane.route().source().equals(route.source()))
                .toList();
        Counts counts = own.stream().map(PipelineSampler::counts).reduce(Counts.NONE, Counts::plus);
        TableStats stats = pipeline.tableStats(route.source());
        return new TableLag(
                route.source(),
                route.target(),
                counts.snapshotRows(),
                counts.streamedRows(),
                stats.rate().of(counts.snapshotRows() + counts.streamedRows(), now.toEpochMilli() / 1e3),
                stats.worst().drain().endToEnd(),
                tables(own, backlog),
                own.size(),
                around.partitions(Routes.topic(pipeline.declared(), route.source())));
    }

    /** The source's clock is ours plus the skew, as far as that is known. */
    private @Nullable Double staleness(List<Lane> lanes, Instant now, @Nullable Double skew) {
        Set<PartitionId> tables = lanes.stream().map(Lane::id).collect(Collectors.toSet());
        OptionalLong reached = pipeline.watermark().of(tables);
        return reached.isEmpty() ? null : age(Instant.EPOCH.plus(reached.getAsLong(), ChronoUnit.MICROS), now, skew);
    }

    private static @Nullable Double age(@Nullable Instant at, Instant now, @Nullable Double skew) {
        return at == null ? null : ChronoUnit.MICROS.between(at, now) / 1e6 + (skew == null ? 0 : skew);
    }

    private long backlog(Lane lane) {
        return Math.max(0, knownEnds.getOrDefault(lane.id(), 0L) - lane.reach().appliedTo());
    }

    private static long tables(List<Lane> lanes, Map<PartitionId, Long> backlog) {
        return lanes.stream()
                .filter(PipelineSampler::isTable)
                .mapToLong(lane -> backlog.getOrDefault(lane.id(), 0L))
                .sum();
    }

    private long arrived(List<Lane> lanes) {
        return lanes.stream()
                .filter(PipelineSampler::isTable)
                .mapToLong(lane -> knownEnds.getOrDefault(lane.id(), 0L))
                .sum();
    }

    /** The share of the time since the last sample that the busiest lane spent writing. */
    private double busy(List<Lane> lanes, Instant now) {
        double elapsed = before == null ? 0 : Duration.between(before, now).toNanos();
        double most = 0;
        for (Lane lane : lanes) {
            long total = lane.reach().writingNanos();
            Long earlier = written.put(lane.id(), total);
            if (earlier != null && elapsed > 0) {
                most = Math.max(most, (total - earlier) / elapsed);
            }
        }
        return most;
    }

    private static boolean isTable(Lane lane) {
        return lane.route() instanceof Route.Table;
    }

    private static long parkedKeys(Lane lane) {
        return lane.state() instanceof LaneState.Running running
                ? running.parked().size()
                : 0;
    }

    private static Counts counts(Lane lane) {
        return lane.position().map(Position::counts).orElse(Counts.NONE);
    }
}
