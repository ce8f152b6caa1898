package io.flywatch.events.verification;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a verification came to. */
public enum Outcome {
    /** No row differs. */
    @JsonProperty("equal")
    EQUAL,
    /** At least one row is missing, extra or different. */
    @JsonProperty("mismatched")
    MISMATCHED,
    /** No row is proved to differ, but some changed so often that nothing could be proved of them. */
    @JsonProperty("unsettled")
    UNSETTLED,
    /** It could not be done: nothing is known. */
    @JsonProperty("failed")
    FAILED,
    /** Somebody stopped it. */
    @JsonProperty("cancelled")
    CANCELLED
}
