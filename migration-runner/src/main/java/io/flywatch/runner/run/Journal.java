package io.flywatch.runner.run;

import io.flywatch.runner.progress.Observation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an engine tells of its run, and is told. Everything told is durable when the method returns. Any method throws
 * {@link Suspended} if this runner may no longer work on the run.
 */
public interface Journal {

    /** The run as it is now. */
    Run run();

    /** A step begins; nothing happens if it began before. */
    void stepStarted(int index);

    /** A step is done; nothing happens if it was before. */
    void stepFinished(int index, long rows);

    /** What somebody asks of the run. */
    Optional<Wish> wish();

    /** Throws {@link Suspended} if this runner may no longer work on the run. */
    void checkOwnership();

    /** Waits, but no longer than until a wish is there or the runner stops. */
    void pause(Duration time);

    /** What the engine noted in the run. */
    Optional<String> note();

    /** Notes something in the run for the time after a restart. */
    void note(String text);

    /** From now on, how far the run is can be asked here, from any thread. */
    void observe(Supplier<Observation> progress);
}
