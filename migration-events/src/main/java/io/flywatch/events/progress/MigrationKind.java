package io.flywatch.events.progress;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What sort of migration it is. */
public enum MigrationKind {
    /** Ordered change sets on a MongoDB database. */
    @JsonProperty("mongodb")
    MONGODB,
    /** Scripts that Flyway runs. */
    @JsonProperty("sql")
    SQL,
    /** A snapshot and then a stream of changes, from a source to a target. */
    @JsonProperty("replication")
    REPLICATION,
    /** Somebody else's tool does the work. */
    @JsonProperty("external")
    EXTERNAL
}
