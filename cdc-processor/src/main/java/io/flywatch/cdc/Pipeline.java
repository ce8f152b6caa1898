package io.flywatch.cdc;

import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.apply.Routes;
import io.flywatch.cdc.apply.Sorted;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.change.Stamps;
import io.flywatch.cdc.lag.Percentiles;
import io.flywatch.cdc.lag.RecentStages;
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
    private final Percentiles percentiles = new Percentiles();
    private final RecentStages recent = new RecentStages();
    private volatile @Nullable Instant lastChange;
    private volatile @Nullable Instant newestCommit;
    private volatile @Nullable Instant lastHeartbeat;
    private volatile boolean snapshotEnded;

    Pipeline(PipelineDeclared declared, Target target, PipelineMeters meters, InstantSource clock) {
        this.declared = declared;
        this.routes = Routes.of(declared);
        this.target = target;
        this.meters = meters;
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
        }
    }

    void closeAll() {
        lanes.values().forEach(this::close);
    }

    /** A lane goes on from the position in the target. */
    void resumed(Lane lane) {
        lane.position().map(Position::sourceTime).ifPresent(time -> watermark.applied(lane.id(), time));
        meters.opened(lane.id());
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
            case Route.Heartbeat heartbeat ->
                lastHeartbeat = reached == null ? null : Instant.EPOCH.plus(reached, ChronoUnit.MICROS);
            case Route.Table table -> measured(table, batch, now);
        }
    }

    private void measured(Route.Table table, Sorted batch, long now) {
        meters.applied(table.source(), batch);
        snapshotEnded |= batch.lastOfSnapshot();
        Stages oldest = Stages.UNMEASURED;
        for (Stamps change : batch.streamed()) {
            if (change.committed() != Stamps.UNKNOWN) {
                percentiles.add(now - change.committed());
            }
            recent.add(change, now);
            Stages stages = Stages.of(change, now);
            oldest = oldest.endToEnd() == null || (stages.endToEnd() != null && stages.endToEnd() > oldest.endToEnd())
                    ? stages
                    : oldest;
        }
        if (!batch.streamed().isEmpty()) {
            lastChange = clock.instant();
            newestCommitted(batch);
            meters.lag(oldest);
            worst.add(oldest);
            tableStats(table.source()).worst().add(oldest);
        }
    }

    private void newestCommitted(Sorted batch) {
        long newest =
                batch.streamed().stream().mapToLong(Stamps::committed).max().orElse(Stamps.UNKNOWN);
        newestCommit = newest == Stamps.UNKNOWN ? newestCommit : Instant.EPOCH.plus(newest, ChronoUnit.MICROS);
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

    Percentiles percentiles() {
        return percentiles;
    }

    RecentStages recent() {
        return recent;
    }

    Optional<Instant> lastChange() {
        return Optional.ofNullable(lastChange);
    }

    /** When the newest change of the batch that was applied last was committed at the source. */
    Optional<Instant> newestCommit() {
        return Optional.ofNullable(newestCommit);
    }

    Optional<Instant> lastHeartbeat() {
        return Optional.ofNullable(lastHeartbeat);
    }

    /** Whether the connector marked a row as the snapshot's last one. */
    boolean snapshotEnded() {
        return snapshotEnded;
    }
}
