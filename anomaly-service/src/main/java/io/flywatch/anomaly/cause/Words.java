package io.flywatch.anomaly.cause;

import java.util.regex.Pattern;

/** The words by which runner, processor and databases name a trouble, in lower case. */
final class Words {

    static final Pattern CONNECTOR =
            Pattern.compile("connector.*(fail|pause|stop|missing|deleted|not run|unassigned)|kafka connect");
    static final Pattern AWAY = Pattern.compile(
            "connection (attempt|refused|reset|to)|could not connect|can't be reached|unreachable|timed? ?out");
    static final Pattern SOURCE_AWAY = Pattern.compile("source .*(not answer|can't be reached|refuse|08\\d\\d\\d)");
    static final Pattern TARGET_AWAY = Pattern.compile("does not answer|\\b08\\d{3}\\b|57p0[123]");
    static final Pattern DISK = Pattern.compile("53100|no space left|disk full|14031");
    static final Pattern LOCK = Pattern.compile("55p03|40p01|lock wait|lock timeout|\\b1205\\b|writeconflict");
    static final Pattern NO_SLOT = Pattern.compile("nobody reads the pipeline|do not arrive");
    static final Pattern HEARTBEAT_STOPPED = Pattern.compile("heartbeat at the source has stopped");
    static final Pattern LARGE_TRANSACTION = Pattern.compile("large transaction");

    private Words() {}
}
