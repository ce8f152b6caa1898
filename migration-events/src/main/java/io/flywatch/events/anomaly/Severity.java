package io.flywatch.events.anomaly;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much it matters. The order is that of growing urgency. */
public enum Severity {
    @JsonProperty("info")
    INFO,
    /** Look at it in working hours. */
    @JsonProperty("warning")
    WARNING,
    /** Wake somebody. */
    @JsonProperty("critical")
    CRITICAL
}
