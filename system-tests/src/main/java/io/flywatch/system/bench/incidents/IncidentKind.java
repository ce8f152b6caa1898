package io.flywatch.system.bench.incidents;

import java.util.Locale;

/** What can be made to go wrong, and so the true cause of an incident. */
public enum IncidentKind {
    /** Each row that is written takes a while at the target. */
    SLOW_TARGET,
    /** Somebody holds a lock on a table of the target. */
    TARGET_LOCK,
    /** The source's rows break a rule of the target. */
    ERROR_BURST,
    /** The connector is paused or stopped behind Flywatch's back. */
    CONNECTOR_STOPPED,
    /** Nothing writes the heartbeat any more; changes come as before. */
    HEARTBEAT_STOPPED,
    /** The source writes many times what is usual. */
    SOURCE_BURST,
    /** One transaction of tens of thousands of rows. */
    HUGE_TRANSACTION,
    /** The broker is away. */
    BROKER_PAUSE,
    /** Everything between source and connector takes longer. */
    NETWORK_DELAY,
    /** The way to the source or to the target is cut. */
    NETWORK_CUT,
    /** The target can't extend its files. */
    DISK_FULL,
    /** The source's clock jumps. */
    SKEWED_CLOCK,
    /** The target gets slower and slower. */
    THROUGHPUT_LEAK;

    /** As labels have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of a label. */
    public static IncidentKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
