package io.flywatch.anomaly.rule;

import io.flywatch.events.anomaly.Severity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a rule says of a series at one moment. */
public sealed interface Judgement {

    /** The series as events name it. */
    String series();

    /** How near the series is to its limit: 1 is at the limit, more is beyond; NaN if not measured. */
    double score();

    /**
     * The series is where it should be.
     *
     * @param why in a few words, for who asks why nothing was told
     */
    record Fine(String series, double score, String why) implements Judgement {}

    /** The series is within its bound, but not by so much that an open episode should end. */
    record Lingering(String series, double score) implements Judgement {}

    /** There is no measurement, so that nothing can be said. */
    record Unmeasured(String series) implements Judgement {
        @Override
        public double score() {
            return Double.NaN;
        }
    }

    /**
     * The series is out of its range.
     *
     * @param value what was measured
     * @param limit the bound that was left
     * @param unit of both
     * @param since since when, if the rule knows better than the time of its first such judgement
     * @param opensAfter how long it has to last before anybody is told
     * @param what what is wrong, with figures: "lag is 73 s, over 60 s"
     * @param detail what narrows it down, if anything does: "public.orders worst"
     */
    record Breach(
            String series,
            Severity severity,
            double value,
            double limit,
            String unit,
            @Nullable Instant since,
            Duration opensAfter,
            String what,
            @Nullable String detail)
            implements Judgement {

        @Override
        public double score() {
            double highest = 1000;
            if (lowIsBad()) {
                return value <= limit / highest ? highest : limit / value;
            }
            return limit <= value / highest ? highest : value / limit;
        }

        /** Whether the series fell under its limit rather than rose over it. */
        public boolean lowIsBad() {
            return value < limit;
        }

        /** The worse of two values of this series. */
        public double worse(double one, double other) {
            return lowIsBad() ? Math.min(one, other) : Math.max(one, other);
        }
    }
}
