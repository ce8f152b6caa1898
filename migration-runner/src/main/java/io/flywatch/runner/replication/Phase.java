package io.flywatch.runner.replication;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The steps of a replication's run, in order. */
public enum Phase {
    /** Source, target, Kafka and Kafka Connect are looked at; nothing is changed. */
    CHECK,
    /** The heartbeat's table, the connector and the pipeline are set up. */
    CONNECT,
    /** The rows that were there before the start are moved. */
    SNAPSHOT,
    /** Changes are moved as they come, until somebody ends the run. */
    STREAM;

    /** The step's name. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The step's place, from 1. */
    public int index() {
        return names().indexOf(label()) + 1;
    }

    /** All names, in order. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Phase::label).toList();
    }
}
