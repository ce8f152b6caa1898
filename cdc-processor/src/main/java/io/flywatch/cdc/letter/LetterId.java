package io.flywatch.cdc.letter;

import io.flywatch.cdc.position.PartitionId;
import java.util.Optional;

/**
 * A dead letter is known by where its record stood: one that was put aside twice, as after a crash, is one letter.
 *
 * @param from the partition of changes
 * @param offset the record's offset there
 */
public record LetterId(PartitionId from, long offset) {

    /** {@code schema.table:partition:offset}. */
    public String text() {
        return table() + ":" + from.partition() + ":" + offset;
    }

    /** The table at the source, as the topic names it. */
    public String table() {
        return from.topic().substring(prefix(from.pipeline()).length());
    }

    private static String prefix(String pipeline) {
        return io.flywatch.events.Topics.changesPrefix(pipeline) + ".";
    }

    /** As {@link #text} writes it; empty if it is no such text. */
    public static Optional<LetterId> parse(String pipeline, String text) {
        int last = text.lastIndexOf(':');
        int before = last < 0 ? -1 : text.lastIndexOf(':', last - 1);
        if (before <= 0) {
            return Optional.empty();
        }
        try {
            int partition = Integer.parseInt(text.substring(before + 1, last));
            long offset = Long.parseLong(text.substring(last + 1));
            String topic = prefix(pipeline) + text.substring(0, before);
            return Optional.of(new LetterId(new PartitionId(pipeline, topic, partition), offset));
        } catch (NumberFormatException noId) {
            return Optional.empty();
        }
    }
}
