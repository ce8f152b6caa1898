package io.flywatch.events.alert;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a notice tells. */
public enum NoticeKind {
    /** That something is the matter. */
    @JsonProperty("firing")
    FIRING,
    /** That it is over. */
    @JsonProperty("resolved")
    RESOLVED,
    /** That somebody is on it. */
    @JsonProperty("acknowledged")
    ACKNOWLEDGED,
    /** What is good to know: that a silence ends, that the dispatcher lives. */
    @JsonProperty("information")
    INFORMATION
}
