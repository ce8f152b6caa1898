package io.flywatch.quickstart.boot;

import java.util.Locale;

/** The parts that have a known port. */
public enum Port {
    RUNNER(0, "migration-runner"),
    PROCESSOR(1, "cdc-processor"),
    ANOMALIES(2, "anomaly-service"),
    ALERTS(3, "alert-dispatcher"),
    CONNECT(5, "Kafka Connect"),
    KAFKA(1012, "Kafka broker");

    /** Where the ports begin by default: 8080, and Kafka gets its usual 9092. */
    public static final int BASE = 8080;

    private static final int KAFKA_BESIDE_ANOTHER_BASE = 12;

    private final int offset;
    private final String part;

    Port(int offset, String part) {
        this.offset = offset;
        this.part = part;
    }

    /** Its number if the ports begin there. */
    public int number(int base) {
        return base + (this == KAFKA && base != BASE ? KAFKA_BESIDE_ANOTHER_BASE : offset);
    }

    /** What has it. */
    public String part() {
        return part;
    }

    /** What it is called on the command line. */
    public String option() {
        return name().toLowerCase(Locale.ROOT);
    }
}
