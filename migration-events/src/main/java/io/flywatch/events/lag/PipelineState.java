package io.flywatch.events.lag;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a pipeline is doing. */
public enum PipelineState {
    /** Rows that were there before the start are being read. */
    @JsonProperty("snapshotting")
    SNAPSHOTTING,
    /** Changes arrive and are applied about as fast as they come. */
    @JsonProperty("streaming")
    STREAMING,
    /** Nothing changes at the source, and heartbeats prove it. */
    @JsonProperty("idle")
    IDLE,
    /** A backlog is being worked off. */
    @JsonProperty("catching-up")
    CATCHING_UP,
    /** The target sets the pace; changes wait. */
    @JsonProperty("throttled")
    THROTTLED,
    /** Neither changes nor heartbeats arrive. */
    @JsonProperty("stalled")
    STALLED,
    /** It can't go on without a person. */
    @JsonProperty("broken")
    BROKEN,
    /** There is no measurement yet. */
    @JsonProperty("unmeasured")
    UNMEASURED
}
