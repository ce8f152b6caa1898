package io.flywatch.runner.replication;

import java.util.Locale;

/** What a connector looks like from outside. */
public sealed interface ConnectorSight {

    /** It and all its tasks run. */
    record Running(int tasks) implements ConnectorSight {}

    /** It is paused or stopped, or its task is not assigned yet. */
    record Idle(String state) implements ConnectorSight {}

    /** It or a task of it failed. */
    record Failed(String reason) implements ConnectorSight {}

    /** Nobody registered it, or somebody deleted it. */
    record Missing() implements ConnectorSight {}

    /** Kafka Connect does not answer. */
    record Unknown(String reason) implements ConnectorSight {}

    /** What is in the way, for a person; empty if nothing is. */
    default String trouble() {
        return switch (this) {
            case Running running -> "";
            case Idle idle -> "the connector is " + idle.state().toLowerCase(Locale.ROOT);
            case Failed failed -> "the connector failed: " + failed.reason();
            case Missing missing -> "the connector was deleted";
            case Unknown unknown -> unknown.reason();
        };
    }
}
