package io.flywatch.cdc;

import io.flywatch.cdc.lag.Headroom;
import io.flywatch.cdc.lag.Pace;
import io.flywatch.cdc.lag.SourceLook;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of what is around a pipeline: its source, and how long the logs keep what is still needed. */
final class Surroundings {
    private final Retentions retentions;
    private final TopicSizes sizes;
    private final Pace growth = new Pace();
    private SourceLook look = SourceLook.NONE;
    private boolean decoding;

    Surroundings(Retentions retentions, TopicSizes sizes) {
        this.retentions = retentions;
        this.sizes = sizes;
    }

    /** A look at the source, which may be the one before. */
    void saw(SourceLook latest, Instant now) {
        if (latest == look) {
            return;
        }
        decoding = spilledMore(latest);
        if (latest.slot() != null && latest.writtenBytes() != null) {
            growth.add(latest.writtenBytes(), now.toEpochMilli() / 1e3);
        }
        look = latest;
    }

    private boolean spilledMore(SourceLook latest) {
        return latest.spilledBytes() != null
                && look.spilledBytes() != null
                && latest.spilledBytes() > look.spilledBytes();
    }

    /** How many partitions a topic has; null before there is one. */
    @Nullable
    Integer partitions(String topic) {
        OptionalInt known = sizes.partitions(topic);
        return known.isPresent() ? Integer.valueOf(known.getAsInt()) : null;
    }

    SourceLook look() {
        return look;
    }

    /** Whether the source set more of a large transaction aside since the look before. */
    boolean decoding() {
        return decoding;
    }

    /** Time to data loss, of the source's log and of Kafka. */
    List<Headroom> headroom(List<Lane> lanes, @Nullable Double staleness, Instant now) {
        return Stream.of(ofSource(staleness), ofKafka(lanes, now))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private @Nullable Headroom ofSource(@Nullable Double staleness) {
        if (look.slot() != null) {
            return Headroom.ofSlot(look.slot(), growth.fastest());
        }
        if (look.keepSeconds() != null) {
            return Headroom.ofTime(Headroom.SOURCE_LOG, look.keepSeconds(), staleness);
        }
        return look.unknown() == null ? null : new Headroom(Headroom.SOURCE_LOG, null, look.unknown());
    }

    /** The least over the partitions. */
    private @Nullable Headroom ofKafka(List<Lane> lanes, Instant now) {
        Headroom least = null;
        for (Lane lane : lanes) {
            OptionalDouble keep = retentions.secondsOf(lane.id().topic());
            if (keep.isEmpty()) {
                continue;
            }
            Headroom own = Headroom.ofTime(
                    Headroom.KAFKA, keep.getAsDouble(), lane.reach().oldestWaitingSeconds(now));
            boolean less = least == null || own.seconds() == null || isLess(own.seconds(), least.seconds());
            least = less ? own : least;
        }
        return least;
    }

    private static boolean isLess(double seconds, @Nullable Double than) {
        return than != null && seconds < than;
    }
}
