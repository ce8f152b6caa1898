package io.flywatch.events.anomaly;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One episode: a series left its expected range.
 *
 * @param id of this episode; the same over its whole life
 * @param rule what found it, e.g. {@code high_lag}; a closed set, fit for a metric's label
 * @param series the measure, and the table or stage where there is one, e.g. {@code lag} or {@code rows_per_second/public.orders}
 * @param severity how much it matters now
 * @param value what was measured last
 * @param limit the bound that was left: at a rule, its threshold
 * @param unit of value and limit: {@code seconds}, {@code rows/s}, {@code ratio}
 * @param since when the series left its range
 * @param peak the worst value so far
 * @param summary one sentence for a person: what, where, how bad against what is expected
 * @param cause the likely cause with its evidence in one sentence, where one is known
 * @param expectation what was expected of the series; null where a rule knows only its limit, and from services before 0.2
 * @param causes the likely causes with their evidence, the likeliest first; null from services before 0.2
 */
public record Anomaly(
        String id,
        String rule,
        String series,
        Severity severity,
        double value,
        double limit,
        String unit,
        Instant since,
        double peak,
        String summary,
        @Nullable String cause,
        @Nullable Expectation expectation,
        @Nullable List<LikelyCause> causes) {
    public Anomaly {
        causes = causes == null ? null : List.copyOf(causes);
    }

    /**
     * What was expected of a series, and how rare it is to be where it is.
     *
     * @param expected the expected value, in the anomaly's unit
     * @param lower the lower end of the band
     * @param upper the upper end of the band
     * @param oneIn among how many samples one such is to be expected; at least 1
     * @param highestInSeconds for how long no sample was as extreme; null if one was
     */
    public record Expectation(
            double expected,
            double lower,
            double upper,
            double oneIn,
            @Nullable Double highestInSeconds) {}

    /**
     * A likely cause.
     *
     * @param kind what it is, of a closed set: {@code connector_stopped}, {@code heartbeat_stopped}, {@code target_slow}, {@code
     *     target_lock}, {@code disk_full}, {@code error_burst}, {@code source_burst}, {@code huge_transaction}, {@code network},
     *     {@code broker}, {@code skewed_clock}; readers have to expect others
     * @param weight how much speaks for it against the others, 0 to 1; together at most 1
     * @param evidence what speaks for it, for a person
     */
    public record LikelyCause(String kind, double weight, String evidence) {}
}
