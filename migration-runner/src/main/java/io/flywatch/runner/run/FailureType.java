package io.flywatch.runner.run;

import java.util.Locale;

/** The kinds of failures: a closed set, fit for a metric's label. */
public enum FailureType {
    /** The configuration lacks something that the migration names. */
    CONFIGURATION,
    /** The declaration that the run was started with is not understood by this version. */
    DECLARATION,
    /** The source does not answer. */
    SOURCE_UNREACHABLE,
    /** The source refuses the credentials. */
    SOURCE_CREDENTIALS,
    /** The source is not set up for replication. */
    SOURCE_NOT_READY,
    /** A table is missing or has no primary key. */
    SOURCE_TABLE,
    /** Kafka Connect does not answer or refuses the connector. */
    KAFKA_CONNECT,
    /** The connector stopped by a failure. */
    CONNECTOR_FAILED,
    /** Kafka does not answer. */
    KAFKA,
    /** The target refuses the credentials or does not answer at the start. */
    TARGET,
    /** An applied change set was edited, or one is out of order. */
    LEDGER,
    /** Another runner works on the migration. */
    LEASE,
    /** The database refused what a step asked for. */
    REFUSED,
    /** A check of the migration itself did not hold. */
    EXPECTATION,
    /** What was asked for can't be done for this migration. */
    UNSUPPORTED,
    /** A statement kept others waiting for longer than the migration allows, and was cancelled. */
    BLOCKING,
    /** The tool that does the work reported that it failed. */
    REPORTED,
    /** The tool that does the work reported nothing for longer than the migration allows. */
    SILENT,
    /** A mistake in Flywatch. */
    INTERNAL;

    /** As it is written in events and labels. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
