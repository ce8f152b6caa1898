package io.flywatch.runner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** The runner's own settings. */
@ConfigMapping(prefix = "flywatch.migrations")
public interface RunnerConfig {

    /** The folder of declarations: YAML or JSON, one migration a file. It is read anew at each request. */
    @WithDefault("migrations")
    Path location();

    /** How long a runner may work on a run without having told that it still does; after that, another may take over. */
    @WithDefault("PT10S")
    Duration ownership();

    /** How long a source, a target or Kafka may take to answer when a run is about to begin. */
    @WithDefault("PT5S")
    Duration checkTimeout();

    /** How long a connector may be failed during a snapshot before the run ends as failed. */
    @WithDefault("PT2M")
    Duration connectorGrace();

    /** How long a registered connector may take until it runs. */
    @WithDefault("PT2M")
    Duration connectorStart();

    /** Up to which estimated number of rows a table is counted, rather than estimated. */
    @WithDefault("200000")
    long countUpTo();

    /**
     * How far the slowest secondary of a migrated MongoDB may be behind before batches wait for it, where a step doesn't say. Members
     * that are delayed on purpose don't count.
     */
    @WithDefault("PT10S")
    Duration maxLag();
}
