package io.flywatch.runner.progress;

import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunState;
import io.flywatch.events.progress.TableProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Turns a run's observations, one a second, into samples: adds rates, shares and times. Used by one thread. */
public final class ProgressMeter {
    private static final Duration MEMORY = Duration.ofMinutes(2);

    private final RateWindow whole = new RateWindow(MEMORY);
    private final RateWindow errors = new RateWindow(MEMORY);
    private final LearnedRate learned = new LearnedRate();
    private final Map<String, RateWindow> parts = new HashMap<>();
    private @Nullable Double usual;

    /** What earlier runs of the migration reached, in rows per second. */
    public void usually(double perSecond) {
        usual = perSecond;
    }

    /** What this run usually reaches, in rows per second, if it was seen for long enough. */
    public OptionalDouble learned() {
        return learned.get();
    }

    /** The sample of this moment. */
    public ProgressSample sample(String migrationId, String runId, Instant at, RunState state, Observation seen) {
        whole.add(at, seen.rowsDone());
        errors.add(at, seen.errors());
        double rate = whole.perSecond();
        if (seen.moving() && rate > 0) {
            learned.add(rate);
        }
        Long total = atLeast(seen.rowsTotal(), seen.rowsDone());
        return new ProgressSample(
                migrationId,
                runId,
                at,
                state,
                seen.step(),
                seen.activity(),
                seen.rowsDone(),
                total,
                total == null ? null : seen.totalBasis(),
                rate,
                expected(seen),
                seen.errors(),
                share(errors.perSecond(), rate),
                TimeLeft.of(seen.rowsDone(), total, whole).orElse(null),
                tables(seen.parts(), at),
                seen.server());
    }

    /** By the file, else by earlier runs, else by this one. */
    private @Nullable Double expected(Observation seen) {
        if (!seen.moving()) {
            return null;
        }
        if (seen.expected() != null) {
            return seen.expected();
        }
        if (usual != null) {
            return usual;
        }
        return learned.get().isPresent() ? Double.valueOf(learned.get().getAsDouble()) : null;
    }

    private List<TableProgress> tables(List<Observation.Part> seen, Instant at) {
        return seen.stream()
                .map(part -> {
                    RateWindow rates = parts.computeIfAbsent(part.name(), name -> new RateWindow(MEMORY));
                    rates.add(at, part.rowsDone());
                    Long total = part.done() && part.rowsTotal() != null
                            ? Long.valueOf(part.rowsDone())
                            : atLeast(part.rowsTotal(), part.rowsDone());
                    return new TableProgress(
                            part.name(),
                            part.rowsDone(),
                            total,
                            rates.perSecond(),
                            part.done()
                                    ? null
                                    : TimeLeft.of(part.rowsDone(), total, rates).orElse(null),
                            part.done());
                })
                .toList();
    }

    /** An estimate that was passed is no longer the total: never more than 100 % is shown. */
    private static @Nullable Long atLeast(@Nullable Long total, long done) {
        return total == null ? null : Long.valueOf(Math.max(total, done));
    }

    private static double share(double errorsPerSecond, double rowsPerSecond) {
        double all = errorsPerSecond + rowsPerSecond;
        return all <= 0 ? 0 : Math.min(1, Math.max(0, errorsPerSecond / all));
    }
}
