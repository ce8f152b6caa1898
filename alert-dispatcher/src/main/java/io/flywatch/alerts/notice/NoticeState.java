package io.flywatch.alerts.notice;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What has become of a notice. */
public enum NoticeState {
    /** It waits to be sent, for the first time or again. */
    @JsonProperty("queued")
    QUEUED,
    /** A replica has it in hand. */
    @JsonProperty("sending")
    SENDING,
    /** The receiver took it. */
    @JsonProperty("delivered")
    DELIVERED,
    /** The receiver refused it for good, or never took it. */
    @JsonProperty("refused")
    REFUSED,
    /** It tells the end of what the receiver never heard of. */
    @JsonProperty("dropped")
    DROPPED
}
