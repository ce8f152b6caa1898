package io.flywatch.cdc.change;

/**
 * When a change passed where, in microseconds since 1970, each by the clock of the place.
 *
 * @param committed at the source; {@link #UNKNOWN} for rows of a snapshot
 * @param captured by the connector
 * @param stored in Kafka
 * @param received by us
 */
public record Stamps(long committed, long captured, long stored, long received) {

    /** Not stamped. */
    public static final long UNKNOWN = Long.MIN_VALUE;
}
