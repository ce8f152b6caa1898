package io.flywatch.cdc.position;

import org.jspecify.annotations.Nullable;

/** Where to go on from, and whether that is possible at all. */
public sealed interface Resume {

    /** Go on from this position. */
    record From(Position position, String reason) implements Resume {}

    /** Records are missing between the position and what Kafka has; going on would lose them without a word. */
    record Broken(String reason) implements Resume {}

    /**
     * Decides. A run begins with a snapshot, so a new run lacks nothing that Kafka has dropped since the last one.
     *
     * @param stored what the target knows of the partition; null if nothing
     * @param runId the run that is to go on
     */
    static Resume decide(PartitionId id, @Nullable Position stored, String runId, LogRange log) {
        if (stored == null) {
            return new From(Position.start(log.begin(), runId, log.topicId()), "nothing has been applied yet");
        }
        boolean anew = isAnew(stored, log);
        if (!stored.runId().equals(runId)) {
            long offset = anew ? log.begin() : Math.max(stored.offset(), log.begin());
            return new From(Position.start(offset, runId, log.topicId()), "a new run");
        }
        if (anew) {
            return new Broken(anewInTheSameRun(id, stored));
        }
        return stored.offset() < log.begin()
                ? new Broken(gone(id, stored.offset(), log.begin()))
                : new From(stored, "goes on where it stopped");
    }

    private static boolean isAnew(Position stored, LogRange log) {
        boolean otherTopic = !stored.topicId().isEmpty()
                && !log.topicId().isEmpty()
                && !stored.topicId().equals(log.topicId());
        return otherTopic || stored.offset() > log.end();
    }

    private static String anewInTheSameRun(PartitionId id, Position stored) {
        return "Topic " + id.topic() + " was made anew or cut off since record " + stored.offset() + " of partition "
                + id.partition() + " was reached, so changes may be missing. Start a new run: it takes a new snapshot.";
    }

    /** What is said of records that Kafka dropped before they were applied. */
    public static String gone(PartitionId id, long from, long to) {
        return "Kafka no longer has records " + from + " to " + (to - 1) + " of " + id + ", which were not applied: its"
                + " retention is too short. Raise retention.ms and start a new run: it takes a new snapshot.";
    }
}
