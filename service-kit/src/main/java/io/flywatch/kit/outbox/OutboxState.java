package io.flywatch.kit.outbox;

/** How the way out of the outbox is. */
sealed interface OutboxState {

    /** Events flow. */
    record Running() implements OutboxState {}

    /**
     * Events wait in the database.
     *
     * @param why what is missing, and where
     */
    record Waiting(String why) implements OutboxState {}
}
