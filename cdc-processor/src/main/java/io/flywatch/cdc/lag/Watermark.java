package io.flywatch.cdc.lag;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The source time up to which everything has been applied: the least over the partitions. A partition moves on by a change applied
 * to it. One that has been read to its end moves on, too, to the newest change or heartbeat that was applied to any partition before
 * that end was looked up: the connector reads the source's log in one order, so it had nothing older left for this partition.
 *
 * @param <P> what tells partitions apart
 */
public final class Watermark<P> {
    private final Map<P, Long> reached = new HashMap<>();
    private long newest = Long.MIN_VALUE;
    private long settled = Long.MIN_VALUE;

    /** A change committed at this source time, and all before it in its partition, have been applied. */
    public synchronized void applied(P partition, long sourceMicros) {
        reached.merge(partition, sourceMicros, Math::max);
        newest = Math.max(newest, sourceMicros);
    }

    /** A change or heartbeat that was committed at this source time was applied by somebody else. */
    public synchronized void appliedElsewhere(long sourceMicros) {
        newest = Math.max(newest, sourceMicros);
    }

    /** The partition is no longer ours. */
    public synchronized void forget(P partition) {
        reached.remove(partition);
    }

    /**
     * A look at the ends of all partitions is about to be taken, a while after the one before.
     *
     * @return the time that partitions move on to that turn out to be at their ends
     */
    public synchronized long beforeLook() {
        long proven = settled;
        settled = newest;
        return proven;
    }

    /** The look showed these partitions applied to their ends. */
    public synchronized void atEnd(Set<P> partitions, long proven) {
        if (proven != Long.MIN_VALUE) {
            partitions.forEach(partition -> reached.merge(partition, proven, Math::max));
        }
    }

    /** How far these partitions are together; empty as long as one of them is not measured. */
    public synchronized OptionalLong of(Set<P> partitions) {
        return partitions.isEmpty() || !reached.keySet().containsAll(partitions)
                ? OptionalLong.empty()
                : partitions.stream().mapToLong(reached::get).min();
    }
}
