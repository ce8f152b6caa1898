package io.flywatch.cdc.verify;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a verification is, or what came out of it. */
public enum Stage {
    /** It was asked for. */
    @JsonProperty("requested")
    REQUESTED,
    /** A replica works on it. */
    @JsonProperty("running")
    RUNNING,
    /** Somebody halted it; it can go on where it stopped. */
    @JsonProperty("paused")
    PAUSED,
    /** No row differs. */
    @JsonProperty("equal")
    EQUAL,
    /** At least one row is missing, extra or different. */
    @JsonProperty("mismatched")
    MISMATCHED,
    /** No row is proved to differ, but some changed so often that nothing could be proved of them. */
    @JsonProperty("unsettled")
    UNSETTLED,
    /** It could not be done. */
    @JsonProperty("failed")
    FAILED,
    /** Somebody stopped it. */
    @JsonProperty("cancelled")
    CANCELLED;

    /** Whether nothing more will happen. */
    public boolean isFinal() {
        return switch (this) {
            case REQUESTED, RUNNING, PAUSED -> false;
            case EQUAL, MISMATCHED, UNSETTLED, FAILED, CANCELLED -> true;
        };
    }
}
