package io.flywatch.cdc;

import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.apply.Routes;
import io.flywatch.cdc.apply.Sorted;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.change.Stamps;
import io.flywatch.cdc.lag.ChangeTimes;
import io.flywatch.cdc.lag.Stages;
import io.flywatch.cdc.lag.Watermark;
import io.flywatch.cdc.lag.WorstOf;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;
import io.flywatch.events.pipeline.PipelineDeclared;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A declared pipeline at work in this replica: its lanes, and what they measure. */
final class Pipeline {
    private final PipelineDeclared declared;
    private final Routes routes;
    private final Target target;
    private final PipelineMeters meters;
    private final InstantSource clock;

    private final Map<PartitionId, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<String, TableStats> tables = new ConcurrentHashMap<>();
    private final Watermark<PartitionId> watermark = new Watermark<>();
    private final WorstOf worst = new WorstOf();
    private final ChangeTimes times;
    private volatile @Nullable Instant lastChange;
    private volatile @Nullable Instant newestCommit;
    private volatile @Nullable Instant lastHeartbeat;
    private volatile @Nullable Instant heardHeartbeat;
    private volatile boolean snapshotEnded;

    Pipeline(PipelineDeclared declared, Target target, PipelineMeters meters, ChangeTimes times, InstantSource clock) {
        this.declared = declared;
        this.routes = Routes.of(declared);
        this.target = target;
        this.meters = meters;
        this.times = times;
        this.clock = clock;
        declared.tables().forEach(table -> tables.put(table.source(), new TableStats()));
    }

    /** Opens a lane for a partition; empty if the pipeline does not apply its topic. */
    Optional<Lane> open(String topic, int partition, LaneTools tools) {
        return routes.of(topic).map(route -> {
            PartitionId id = new PartitionId(declared.migrationId(), topic, partition);
            Lane lane = new Lane(id, this, route, tools);
            lanes.put(id, lane);
            lane.start();
            return lane;
        });
    }

    /** The lane is no longer ours. */
    void close(Lane lane) {
        lane.close();
        if (lanes.remove(lane.id(), lane)) {
            watermark.forget(lane.id());
            meters.closed(lane.id());
            if (lane.route() instanceof Route.Heartbeat) {
                lastHeartbeat = null;
                heardHeartbeat = null;
            }
        }
    }

    void closeAll() {
        lanes.values().forEach(this::close);
    }

    /** A lane goes on from the position in the target. */
    void resumed(Lane lane) {
        lane.position().map(Position::sourceTime).ifPresent(time -> watermark.applied(lane.id(), time));
        meters.opened(lane.id());
        if (lane.route() instanceof Route.Heartbeat) {
            lastHeartbeat = lane.position()
                    .map(Position::sourceTime)
                    .map(Pipeline::instant)
                    .orElse(null);
        }
    }

    /** An attempt to write failed and will be repeated. */
    void retried() {
        meters.retried();
    }

    /** A batch of a lane is at the target. */
    void applied(Lane lane, Sorted batch) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        meters.unapplied(batch);
        Long reached = batch.after().sourceTime();
        if (reached != null && !batch.streamed().isEmpty()) {
            watermark.applied(lane.id(), reached);
        }
        switch (lane.route()) {
            case Route.Heartbeat heartbeat -> {
                // What was in flight when the partition went says nothing of what its new owner does.
                if (lanes.get(lane.id()) == lane) {
                    lastHeartbeat = reached == null ? null : instant(reached);
                }
            }
            case Route.Table table -> measured(table, batch, now);
        }
    }

    private void measured(Route.Table table, Sorted batch, long now) {
        meters.applied(table.source(), batch);
        snapshotEnded |= batch.lastOfSnapshot();
        if (!batch.streamed().isEmpty()) {
            lastChange = clock.instant();
            newestCommitted(batch);
            Stages oldest = times.add(batch.streamed(), now);
            meters.lag(oldest);
            worst.add(oldest);
            tableStats(table.source()).worst().add(oldest);
        }
    }

    private void newestCommitted(Sorted batch) {
        long newest =
                batch.streamed().stream().mapToLong(Stamps::committed).max().orElse(Stamps.UNKNOWN);
        newestCommit = newest == Stamps.UNKNOWN ? newestCommit : instant(newest);
    }

    PipelineDeclared declared() {
        return declared;
    }

    String id() {
        return declared.migrationId();
    }

    Target target() {
        return target;
    }

    PipelineMeters meters() {
        return meters;
    }

    Collection<Lane> lanes() {
        return lanes.values();
    }

    TableStats tableStats(String source) {
        return tables.computeIfAbsent(source, name -> new TableStats());
    }

    Watermark<PartitionId> watermark() {
        return watermark;
    }

    WorstOf worst() {
        return worst;
    }

    ChangeTimes times() {
        return times;
    }

    Optional<Instant> lastChange() {
        return Optional.ofNullable(lastChange);
    }

    /** When the newest change of the batch that was applied last was committed at the source. */
    Optional<Instant> newestCommit() {
        return Optional.ofNullable(newestCommit);
    }

    /**
     * Another replica has applied a heartbeat.
     *
     * @param written by the source's clock
     */
    void heard(Instant written) {
        Instant known = heardHeartbeat;
        if (known == null || written.isAfter(known)) {
            heardHeartbeat = written;
            watermark.appliedElsewhere(ChronoUnit.MICROS.between(Instant.EPOCH, written));
        }
    }

    /** The newest heartbeat that is at the target: as the partition that is ours says, or else as other replicas do. */
    Optional<Instant> lastHeartbeat() {
        Instant own = lastHeartbeat;
        return Optional.ofNullable(own == null ? heardHeartbeat : own);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Whether the connector marked a row as the snapshot's last one, or another replica has seen a heartbeat, which only come after it. */
    boolean isPastItsSnapshot() {
        return snapshotEnded || heardHeartbeat != null;
    }
}
