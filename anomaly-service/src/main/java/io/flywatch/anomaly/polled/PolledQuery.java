package io.flywatch.anomaly.polled;

import io.flywatch.anomaly.series.Meaning;

/**
 * A query whose results become series of a migration, as {@code polled/NAME}.
 *
 * @param name what the series is called
 * @param query in Prometheus' language; {@value #MIGRATION} stands for the migration's id
 * @param migration whose series it is; {@code *} for each that is being watched
 * @param meaning its unit, which way is bad, what is too small to matter; watched if it is to be told of by itself
 */
public record PolledQuery(String name, String query, String migration, Meaning meaning) {

    /** Stands for the migration's id in a query. */
    public static final String MIGRATION = "$migration";

    /** The measure under which all of them are. */
    public static final String MEASURE = "polled";

    /** Whether it is asked for a migration. */
    public boolean isOf(String migrationId) {
        return migration.equals("*") || migration.equals(migrationId);
    }

    /** The query for a migration. */
    public String of(String migrationId) {
        // Within a string of the language, where an id stands, a backslash and a quote have to be escaped.
        return query.replace(
                MIGRATION,
                migrationId.replace("\\", "\\\\").replace("\"", "\\\"").replace("'", "\\'"));
    }

    /** The series as events name it, without a part. */
    public String series() {
        return MEASURE + "/" + name;
    }
}
