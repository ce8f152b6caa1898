package io.flywatch.anomaly.series;

import org.jspecify.annotations.Nullable;

/**
 * The identity of a series.
 *
 * @param migrationId whose it is
 * @param measure what is measured, e.g. {@code lag}
 * @param part the table or stage, where it is not of the whole migration
 */
public record SeriesId(
        String migrationId, String measure, @Nullable String part) {

    /** The series as events name it: {@code lag}, or {@code rows_per_second/public.orders}. */
    public String name() {
        return part == null ? measure : measure + "/" + part;
    }
}
