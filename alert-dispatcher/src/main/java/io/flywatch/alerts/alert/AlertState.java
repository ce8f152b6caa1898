package io.flywatch.alerts.alert;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether an alert is going on. */
public enum AlertState {
    /** It is. */
    @JsonProperty("firing")
    FIRING,
    /** It is over. */
    @JsonProperty("resolved")
    RESOLVED
}
