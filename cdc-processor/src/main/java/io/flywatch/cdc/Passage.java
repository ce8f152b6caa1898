package io.flywatch.cdc;

import io.flywatch.cdc.Comparisons.Comparison;
import io.flywatch.cdc.Comparisons.Reached;
import io.flywatch.cdc.apply.Routes;
import io.flywatch.cdc.position.PartitionId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds out whether everything of a table that the source committed before a moment has been applied, by whichever replicas.
 *
 * <p>The connector reads the source's log in one order. So once a change or heartbeat that was committed later is at the target, the
 * connector has sent everything before it; a moment afterwards all of that is in Kafka, too; and once the table's partitions are applied
 * to where they ended then, it is at the target. Where a pipeline has no heartbeat, and nothing later comes, a long silence of the
 * connector has to do for the first step.
 */
final class Passage {

    /** Records of other partitions that were sent before may be acknowledged a little later. */
    private static final Duration SENT = Duration.ofSeconds(1);

    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final Pipeline pipeline;
    private final String topic;
    private final boolean heartbeat;
    private final Comparison comparison;
    private final Heads heads;

    Passage(Pipeline pipeline, String table, Comparison comparison, Heads heads) {
        this.pipeline = pipeline;
        this.topic = Routes.topic(pipeline.declared(), table);
        this.heartbeat = pipeline.declared().heartbeatTable() != null;
        this.comparison = comparison;
        this.heads = heads;
    }

    /** Rests between two looks; throws if the wait is to end. */
    interface Rest {
        void rest(Duration time);
    }

    void await(Instant committed, Rest rest) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, committed);
        Duration waited = Duration.ZERO;
        Duration step = Duration.ofMillis(200);
        while (!isCaptured(micros) && (heartbeat || waited.compareTo(SILENCE) < 0)) {
            rest.rest(step);
            waited = waited.plus(step);
        }
        rest.rest(SENT);
        Map<PartitionId, Long> ends = ends(rest);
        while (!isApplied(ends)) {
            rest.rest(step);
        }
    }

    private boolean isCaptured(long micros) {
        OptionalLong newest = comparison.positions().stream()
                .map(Reached::sourceMicros)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max();
        return newest.isPresent() && newest.getAsLong() >= micros;
    }

    private Map<PartitionId, Long> ends(Rest rest) {
        while (true) {
            Optional<Map<PartitionId, Long>> found = heads.ofTopic(pipeline.id(), topic);
            if (found.isPresent()) {
                return found.get();
            }
            rest.rest(SENT);
        }
    }

    /** A partition without any record needs no position; what this replica knows itself is newer than what it has written. */
    private boolean isApplied(Map<PartitionId, Long> ends) {
        Map<PartitionId, Long> reached = new HashMap<>();
        comparison.positions().forEach(at -> reached.merge(at.id(), at.offset(), Math::max));
        pipeline.lanes().forEach(lane -> reached.merge(lane.id(), lane.reach().appliedTo(), Math::max));
        return ends.entrySet().stream()
                .allMatch(end -> end.getValue() == 0 || reached.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }
}
