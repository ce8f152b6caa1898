package io.flywatch.runner.run;

import io.flywatch.runner.migration.Migration;
import java.util.List;

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
}
