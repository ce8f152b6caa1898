package io.flywatch.anomaly.cause;

import java.util.Locale;

/** The usual suspects; a closed set. */
public enum CauseKind {
    /** The connector is paused, stopped, failed or gone. */
    CONNECTOR_STOPPED("the connector does not run"),
    /** Nothing writes the heartbeat at the source. */
    HEARTBEAT_STOPPED("the heartbeat's writer has stopped"),
    /** The target takes longer to commit than it used to. */
    TARGET_SLOW("the target is slow"),
    /** Somebody holds a lock at the target. */
    TARGET_LOCK("a lock at the target"),
    /** The target has no room left. */
    DISK_FULL("the target's disk is full"),
    /** The target refuses rows. */
    ERROR_BURST("records that the target refuses"),
    /** The source writes much more than usual. */
    SOURCE_BURST("the source writes more than usual"),
    /** One transaction of very many rows. */
    HUGE_TRANSACTION("a large transaction at the source"),
    /** The way to the source or the target is slow or cut. */
    NETWORK("the network"),
    /** Kafka is away or slow. */
    BROKER("Kafka does not answer"),
    /** The clocks of source and processor disagree. */
    SKEWED_CLOCK("a clock is wrong");

    private final String words;

    CauseKind(String words) {
        this.words = words;
    }

    /** As events have it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For a person. */
    String words() {
        return words;
    }
}
