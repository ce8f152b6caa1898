package io.flywatch.events.alert;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a notice tells. */
public enum NoticeKind {
    @JsonProperty("firing")
    FIRING,
    @JsonProperty("resolved")
    RESOLVED
}
