package io.flywatch.quickstart.boot;

import java.util.List;

/** The four services, as their packages are started. */
public enum Service {
    RUNNER("migration-runner", Port.RUNNER, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1")),
    // It works hardest, so it gets the better compiler and more room.
    PROCESSOR("cdc-processor", Port.PROCESSOR, List.of("-Xmx512m")),
    ANOMALIES("anomaly-service", Port.ANOMALIES, List.of("-Xmx192m", "-XX:TieredStopAtLevel=1")),
    ALERTS("alert-dispatcher", Port.ALERTS, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));

    private final String module;
    private final Port port;
    private final List<String> jvm;

    Service(String module, Port port, List<String> jvm) {
        this.module = module;
        this.port = port;
        this.jvm = jvm;
    }

    /** Its folder in the repository, which is also its name. */
    public String module() {
        return module;
    }

    /** Where it listens. */
    public Port port() {
        return port;
    }

    /** What the JVM is started with. */
    List<String> jvm() {
        return jvm;
    }
}
