package io.flywatch.cdc.letter;

import java.time.Instant;

/**
 * A dead letter without its bytes.
 *
 * @param runId the run that put it aside
 * @param kind why, in one word
 * @param key what tells its key from others
 * @param reason why, for a person
 * @param at when it was put aside
 * @param bytes of its key and value
 * @param place where it is kept
 */
public record Letter(
        LetterId id, String runId, String kind, String key, String reason, Instant at, int bytes, Place place) {

    /** A place in the topic of dead letters. */
    public record Place(int partition, long offset) {}
}
