package io.flywatch.alerts.group;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why somebody is told, or nobody; a closed set, fit for a metric's label. */
public enum Reason {
    /** It is new. */
    @JsonProperty("first")
    FIRST,
    /** Its severity rose. */
    @JsonProperty("worse")
    WORSE,
    /** It still fires. */
    @JsonProperty("repeat")
    REPEAT,
    /** Nobody acknowledged it in time. */
    @JsonProperty("unacknowledged")
    UNACKNOWLEDGED,
    /** It comes and goes: told once. */
    @JsonProperty("flapping")
    FLAPPING,
    /** Somebody is on it. */
    @JsonProperty("taken")
    TAKEN,
    /** It is over. */
    @JsonProperty("over")
    OVER,
    /** Its silence ends soon. */
    @JsonProperty("silence-ends")
    SILENCE_ENDS,
    /** Another receiver refused it for good. */
    @JsonProperty("fallback")
    FALLBACK,
    /** It waits for others of its group. */
    @JsonProperty("waiting")
    WAITING,
    /** It goes on, and all were told. */
    @JsonProperty("told-already")
    TOLD_ALREADY,
    /** A silence covers it. */
    @JsonProperty("silenced")
    SILENCED,
    /** It is the consequence of another. */
    @JsonProperty("inhibited")
    INHIBITED,
    /** Its route is quiet at this time. */
    @JsonProperty("muted")
    MUTED,
    /** Somebody is on it already. */
    @JsonProperty("acknowledged")
    ACKNOWLEDGED,
    /** It comes and goes, and that was told. */
    @JsonProperty("unsteady")
    UNSTEADY,
    /** Too much at once: it is counted in a summary. */
    @JsonProperty("storm")
    STORM,
    /** It is over, and nobody was told that it began. */
    @JsonProperty("nobody-knew")
    NOBODY_KNEW,
    /** It is a report on what is over, or older than what is known. */
    @JsonProperty("over-already")
    OVER_ALREADY,
    /** Its route names no receiver. */
    @JsonProperty("no-route")
    NO_ROUTE,
    /** Receivers are routed, but none of them is configured. */
    @JsonProperty("not-configured")
    NOT_CONFIGURED;

    /** Whether it keeps from telling for as long as it lasts, which is nobody's delay. */
    public boolean holdsBack() {
        return switch (this) {
            case SILENCED, INHIBITED, MUTED, ACKNOWLEDGED, UNSTEADY, STORM, NO_ROUTE, NOT_CONFIGURED -> true;
            case FIRST, WORSE, REPEAT, UNACKNOWLEDGED, FLAPPING, TAKEN, OVER, SILENCE_ENDS, FALLBACK -> false;
            case WAITING, TOLD_ALREADY, NOBODY_KNEW, OVER_ALREADY -> false;
        };
    }

    /** Whether somebody is told. */
    public boolean tells() {
        return compareTo(WAITING) < 0;
    }
}
