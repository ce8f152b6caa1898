package io.flywatch.runner.progress;

import io.flywatch.events.progress.ServerSight;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is at one moment, in counts.
 *
 * @param step the step at work
 * @param activity what it is doing or waiting for
 * @param totalBasis {@code counted}, {@code estimated} or {@code reported}; null without a total
 * @param expected rows per second, if the migration's file says
 * @param moving whether a rate is to be learned from what is seen now: not while nothing but waiting or streaming happens
 * @param server what the database server itself says; null where nobody looks
 */
public record Observation(
        @Nullable String step,
        String activity,
        long rowsDone,
        @Nullable Long rowsTotal,
        @Nullable String totalBasis,
        long errors,
        @Nullable Double expected,
        boolean moving,
        List<Part> parts,
        @Nullable ServerSight server) {
    public Observation {
        parts = List.copyOf(parts);
    }

    /** Nobody looks at the server. */
    public Observation(
            @Nullable String step,
            String activity,
            long rowsDone,
            @Nullable Long rowsTotal,
            @Nullable String totalBasis,
            long errors,
            @Nullable Double expected,
            boolean moving,
            List<Part> parts) {
        this(step, activity, rowsDone, rowsTotal, totalBasis, errors, expected, moving, parts, null);
    }

    /** The same of one table or collection. */
    public record Part(String name, long rowsDone, @Nullable Long rowsTotal, boolean done) {}

    /** Nothing is counted; it is said what happens. */
    public static Observation of(@Nullable String step, String activity) {
        return new Observation(step, activity, 0, null, null, 0, null, false, List.of());
    }
}
