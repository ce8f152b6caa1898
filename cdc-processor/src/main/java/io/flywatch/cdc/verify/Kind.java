package io.flywatch.cdc.verify;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a row differs. */
public enum Kind {
    /** The target lacks it. */
    @JsonProperty("missing")
    MISSING,
    /** The target has it, and the source has not. */
    @JsonProperty("extra")
    EXTRA,
    /** Both have it, with other values. */
    @JsonProperty("different")
    DIFFERENT
}
