package io.flywatch.runner.run;

import io.flywatch.runner.migration.Migration;
import java.util.List;
import java.util.Locale;

/**
 * Does the work of one kind of migration. A run that was interrupted anywhere is handed to {@link #work} again, and goes on where
 * it stood.
 */
public interface Engine<M extends Migration> {

    /** The names of a run's steps, in order. */
    List<String> steps(M migration);

    /** Throws {@link RunFailure} if a run could not begin; changes nothing. */
    void check(M migration);

    /** Works until the run has ended one way or the other, or throws {@link Suspended}. */
    Outcome work(M migration, Journal journal);

    /**
     * What {@link #work} would do now; changes nothing. Throws {@link RunFailure} if even that can't be found out, e.g. as the target
     * does not answer.
     */
    default DryRun dryRun(M migration) {
        throw unsupported("dry run", migration);
    }

    /** The names of the steps of a rollback, in the order in which they would be undone: from the last to the first. */
    default List<String> rollbackSteps(M migration, Undo undo) {
        throw unsupported("rollback", migration);
    }

    /** Throws {@link RunFailure} if a rollback could not begin, e.g. as a step says not how; changes nothing. */
    default void checkRollback(M migration, Undo undo) {
        throw unsupported("rollback", migration);
    }

    /**
     * Undoes what was done, step by step from the last to the first, until all of it is undone or it can't go on, or throws {@link
     * Suspended}; then it is called again, and goes on where it stood. The journal's steps are those of {@link #rollbackSteps}, from 1.
     */
    default Outcome rollBack(M migration, Undo undo, Journal journal) {
        throw unsupported("rollback", migration);
    }

    private static RunFailure unsupported(String what, Migration migration) {
        return new RunFailure(
                FailureType.UNSUPPORTED,
                "There is no %s for migrations of the kind %s."
                        .formatted(what, migration.kind().name().toLowerCase(Locale.ROOT)));
    }
}
