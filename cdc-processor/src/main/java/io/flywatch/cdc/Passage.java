package io.flywatch.cdc;

import io.flywatch.cdc.Comparisons.Comparison;
import io.flywatch.cdc.Comparisons.Reached;
import io.flywatch.cdc.apply.Routes;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.verify.Moment;
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
 * <p>The connector reads the source's log in one order, but its producer sends to many partitions, among which there is no order. What
 * proves that all of it is in Kafka is the offset that Kafka Connect has committed; once the table's partitions are applied to where they
 * ended then, all of it is at the target. A change or heartbeat that was committed later and is at the target is a good sign long before,
 * and no proof. A pipeline without a heartbeat whose source is idle will see neither: there a long silence has to do.
 */
final class Passage {
    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);

    private final Pipeline pipeline;
    private final String topic;
    private final boolean heartbeat;
    private final Comparison comparison;
    private final VerificationTools tools;

    Passage(Pipeline pipeline, String table, Comparison comparison, VerificationTools tools) {
        this.pipeline = pipeline;
        this.topic = Routes.topic(pipeline.declared(), table);
        this.heartbeat = pipeline.declared().heartbeatTable() != null;
        this.comparison = comparison;
        this.tools = tools;
    }

    /** Rests between two looks and shows why; throws if the wait is to end. */
    interface Rest {
        void rest(Duration time, String why);
    }

    /** Until something that was committed later is at the target, and the table's partitions are applied to where they end. */
    void awaitSign(Moment committed, Rest rest) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, committed.clock());
        Duration waited = Duration.ZERO;
        while (!isCaptured(micros) && waited.compareTo(longest()) < 0) {
            rest.rest(STEP, "it waits for a later change or heartbeat of the source");
            waited = waited.plus(STEP);
        }
        awaitEnds(rest);
    }

    /** Until it is proved; tells why it could not be. */
    Optional<String> awaitProof(Moment committed, Rest rest) {
        Duration waited = Duration.ZERO;
        Optional<String> missing = tools.sent().missing(pipeline.id(), committed.place());
        while (missing.isPresent() && waited.compareTo(longest()) < 0) {
            rest.rest(BETWEEN_QUESTIONS, missing.get());
            waited = waited.plus(BETWEEN_QUESTIONS);
            missing = tools.sent().missing(pipeline.id(), committed.place());
        }
        awaitEnds(rest);
        return heartbeat ? missing : Optional.empty();
    }

    private Duration longest() {
        return heartbeat ? tools.config().longestProof() : SILENCE;
    }

    private boolean isCaptured(long micros) {
        OptionalLong newest = comparison.positions().stream()
                .map(Reached::sourceMicros)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max();
        return newest.isPresent() && newest.getAsLong() >= micros;
    }

    private void awaitEnds(Rest rest) {
        Map<PartitionId, Long> ends = ends(rest);
        while (!isApplied(ends)) {
            rest.rest(STEP, "it waits until what is in Kafka has been applied");
        }
    }

    private Map<PartitionId, Long> ends(Rest rest) {
        while (true) {
            Optional<Map<PartitionId, Long>> found = tools.heads().ofTopic(pipeline.id(), topic);
            if (found.isPresent()) {
                return found.get();
            }
            rest.rest(BETWEEN_QUESTIONS, "Kafka does not answer");
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
