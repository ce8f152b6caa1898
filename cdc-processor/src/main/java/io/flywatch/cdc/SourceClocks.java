package io.flywatch.cdc;

import java.util.Optional;

/** The clocks of sources. */
public interface SourceClocks {

    /** A source's clock less ours, in seconds; empty if it has not been measured. */
    Optional<Double> skewSeconds(String connection);
}
