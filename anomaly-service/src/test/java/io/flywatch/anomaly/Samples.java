package io.flywatch.anomaly;

import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.StageLag;
import io.flywatch.events.lag.LagSample.TableLag;
import io.flywatch.events.lag.PipelineState;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Samples of a run {@code run-1} of the migration {@code shop}. */
public final class Samples {

    public static final String MIGRATION = "shop";
    public static final String RUN = "run-1";

    private Samples() {}

    /** A runner's sample. */
    public static ProgressSample progress(
            Instant at, String step, long done, long total, double rate, @Nullable Double expected) {
        return progress(MIGRATION, RUN, at, RunState.RUNNING, step, done, total, rate, expected);
    }

    public static ProgressSample progress(
            String migration,
            String run,
            Instant at,
            RunState state,
            String step,
            long done,
            long total,
            double rate,
            @Nullable Double expected) {
        return new ProgressSample(
                migration,
                run,
                at,
                state,
                step,
                "copying rows",
                done,
                total,
                "counted",
                rate,
                expected,
                0,
                0,
                null,
                List.of(),
                null);
    }

    /** A processor's sample of a pipeline that streams, all of it applied as it comes. */
    public static LagSample streaming(Instant at, @Nullable Double lag, @Nullable Double staleness) {
        return pipeline(at, "one", PipelineState.STREAMING, lag, staleness, 100, 100, 0, 0, 1000);
    }

    public static LagSample pipeline(
            Instant at,
            String replica,
            PipelineState state,
            @Nullable Double lag,
            @Nullable Double staleness,
            double arriving,
            double applied,
            long backlog,
            long errors,
            long rows) {
        return new LagSample(
                MIGRATION,
                RUN,
                at,
                replica,
                state,
                "as it is",
                lag,
                staleness,
                null,
                arriving,
                applied,
                backlog,
                errors,
                errors,
                new StageLag(0.05, 0.05, 0.05),
                List.of(new TableLag("public.orders", "orders", rows, 0, applied, lag, backlog, 1, 1)),
                null);
    }
}
