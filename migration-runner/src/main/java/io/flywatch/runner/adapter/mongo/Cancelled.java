package io.flywatch.runner.adapter.mongo;

import io.flywatch.runner.run.Journal;

/** Somebody wants the run to end; what was changed stays noted, so that a later run goes on from there. */
final class Cancelled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Cancelled() {
        super("cancelled", null, false, false);
    }

    /** Throws if somebody does. */
    static void check(Journal journal) {
        if (journal.wish().isPresent()) {
            throw new Cancelled();
        }
    }
}
