package io.flywatch.alerts.route;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why somebody is told, or nobody; a closed set, fit for a metric's label. */
public enum Reason {
    /** It is new. */
    @JsonProperty("first")
    FIRST,
    /** Its severity rose. */
    @JsonProperty("escalated")
    ESCALATED,
    /** It is over. */
    @JsonProperty("over")
    OVER,
    /** It goes on, and all were told. */
    @JsonProperty("told-already")
    TOLD_ALREADY,
    /** Its severity fell, which can wait. */
    @JsonProperty("eased")
    EASED,
    /** It is over, and nobody was told that it began. */
    @JsonProperty("nobody-knew")
    NOBODY_KNEW,
    /** It is a report on an episode that is over. */
    @JsonProperty("over-already")
    OVER_ALREADY,
    /** No receiver is routed for its severity. */
    @JsonProperty("no-route")
    NO_ROUTE,
    /** Receivers are routed, but none of them is configured. */
    @JsonProperty("not-configured")
    NOT_CONFIGURED
}
