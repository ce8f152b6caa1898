package io.flywatch.events.anomaly;

import java.time.Instant;
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
 * @param cause the likely cause with its evidence, where one is known
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
        @Nullable String cause) {}
