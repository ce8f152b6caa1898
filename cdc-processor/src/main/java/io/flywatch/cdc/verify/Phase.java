package io.flywatch.cdc.verify;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the verification of a table is. */
public enum Phase {
    /** It has not begun. */
    @JsonProperty("waiting")
    WAITING,
    /** The source's rows are compared, chunk by chunk. */
    @JsonProperty("rows")
    ROWS,
    /** The target's keys are looked up at the source. */
    @JsonProperty("extras")
    EXTRAS,
    /** All has been compared. */
    @JsonProperty("done")
    DONE
}
