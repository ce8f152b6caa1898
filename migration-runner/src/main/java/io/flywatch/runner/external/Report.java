package io.flywatch.runner.external;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a tool reports: counts since the run began, so that a report that is sent twice or lost does no harm.
 *
 * @param tables the tables that it tells of; those that it does not name stay as they were
 * @param errors how many errors since the run began; null for as many as before
 * @param activity what the tool is doing, for a person; null for what it said before
 * @param restarted whether the tool has begun anew, so that counts may be lower than before
 */
public record Report(
        List<TableCount> tables,
        @Nullable Long errors,
        @Nullable String activity,
        boolean restarted) {
    /** More tables than this are not told apart by anybody, and each is a series of metrics. */
    public static final int MOST_TABLES = 200;

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_ACTIVITY = 500;

    public Report {
        tables = List.copyOf(tables);
    }

    /** What is wrong with it by itself, as a sentence; empty if nothing is. */
    public Optional<String> flaw() {
        if (tables.size() > MOST_TABLES) {
            return Optional.of("It has %d tables, and %d are the most.".formatted(tables.size(), MOST_TABLES));
        }
        if (errors != null && errors < 0) {
            return Optional.of("'errors' is %d; a count is not negative.".formatted(errors));
        }
        if (activity != null && activity.length() > LONGEST_ACTIVITY) {
            return Optional.of("'activity' is longer than %d characters.".formatted(LONGEST_ACTIVITY));
        }
        Set<String> names = new HashSet<>();
        return tables.stream().flatMap(it -> flaw(it, names).stream()).findFirst();
    }

    private static Optional<String> flaw(TableCount count, Set<String> names) {
        String name = count.table();
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            return Optional.of(
                    "The name '%s' of a table is empty or longer than %d characters.".formatted(name, LONGEST_NAME));
        }
        if (!names.add(name)) {
            return Optional.of("The table '%s' is there twice.".formatted(name));
        }
        if (count.rows() < 0 || (count.total() != null && count.total() < 0)) {
            return Optional.of("The table '%s' has a negative count.".formatted(name));
        }
        return Optional.empty();
    }
}
