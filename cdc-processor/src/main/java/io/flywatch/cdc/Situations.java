package io.flywatch.cdc;

import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.lag.Evidence;
import io.flywatch.cdc.lag.Situation;
import io.flywatch.cdc.position.Counts;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what a pipeline's state rests on. */
record Situations(Pipeline pipeline, List<Lane> lanes, Map<PartitionId, Long> backlogs, Instant now) {

    Situation of(
            Counts counts,
            long backlog,
            double arriving,
            double applied,
            double busy,
            @Nullable Double heartbeatAge,
            Evidence evidence) {
        LaneTrouble trouble = longestTrouble();
        return new Situation(
                broken(),
                trouble == null ? null : trouble.reason(),
                trouble == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - trouble.sinceNanos()),
                lanes.size(),
                counts.snapshotRows() + counts.streamedRows(),
                pipeline.isPastItsSnapshot() || lanes.stream().anyMatch(Situations::isStreaming),
                lanes.stream().anyMatch(this::hasSnapshotBacklog),
                backlog,
                arriving,
                applied,
                busy,
                pipeline.lastChange().map(at -> Duration.between(at, now)).orElse(null),
                pipeline.declared().heartbeatTable() != null,
                heartbeatAge == null ? null : Duration.ofMillis(Math.round(heartbeatAge * 1e3)),
                pipeline.target().guarantee(),
                evidence);
    }

    private @Nullable String broken() {
        return lanes.stream()
                .map(lane -> lane.state() instanceof LaneState.Broken broken ? broken.reason() : null)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable LaneTrouble longestTrouble() {
        LaneTrouble longest = null;
        for (Lane lane : lanes) {
            LaneTrouble trouble = lane.trials().trouble();
            if (trouble != null && (longest == null || trouble.sinceNanos() < longest.sinceNanos())) {
                longest = trouble;
            }
        }
        return longest;
    }

    private static boolean isStreaming(Lane lane) {
        return lane.position().map(Position::streaming).orElse(false);
    }

    /** A table that has had rows of the snapshot and no change yet, and has more waiting. */
    private boolean hasSnapshotBacklog(Lane lane) {
        Optional<Position> position = lane.position();
        return lane.route() instanceof Route.Table
                && position.isPresent()
                && !position.get().streaming()
                && position.get().counts().snapshotRows() > 0
                && backlogs.getOrDefault(lane.id(), 0L) > 0;
    }
}
