package io.flywatch.runner.external;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a tool has reported of a run, summed up.
 *
 * @param tables in the order in which they were first told of
 * @param activity what it said last that it was doing; null if it never did
 * @param restarts how often it began anew
 */
public record Tally(
        List<TableCount> tables, long errors, @Nullable String activity, int restarts) {

    /** Nothing was reported. */
    public static final Tally NOTHING = new Tally(List.of(), 0, null, 0);

    public Tally {
        tables = List.copyOf(tables);
    }

    /**
     * Takes a report, or says why not. A report that was taken before changes nothing. Counts don't go back, unless the tool says that it
     * has begun anew: a late report would undo a newer one, and a tool that sends increments would show nonsense.
     */
    public Reception receive(Report report) {
        Map<String, TableCount> merged = new LinkedHashMap<>();
        if (!report.restarted()) {
            tables.forEach(it -> merged.put(it.table(), it));
        }
        for (TableCount next : report.tables()) {
            TableCount before = merged.get(next.table());
            if (before != null && next.rows() < before.rows()) {
                return back("rows of '" + next.table() + "'", next.rows(), before.rows());
            }
            Long total = next.total() != null ? next.total() : before == null ? null : before.total();
            merged.put(next.table(), new TableCount(next.table(), next.rows(), total));
        }
        if (merged.size() > Report.MOST_TABLES) {
            return new Reception.Refused("With it the run would have %d tables, and %d are the most."
                    .formatted(merged.size(), Report.MOST_TABLES));
        }
        long floor = report.restarted() ? 0 : errors;
        long counted = report.errors() == null ? floor : report.errors();
        if (counted < floor) {
            return back("errors", counted, floor);
        }
        return new Reception.Taken(new Tally(
                List.copyOf(merged.values()),
                counted,
                report.activity() == null ? activity : report.activity(),
                restarts + (report.restarted() ? 1 : 0)));
    }

    private static Reception back(String what, long now, long before) {
        return new Reception.Refused("The %s went back from %d to %d.".formatted(what, before, now));
    }

    /** Rows done, of all tables. */
    public long rows() {
        return tables.stream().mapToLong(TableCount::rows).sum();
    }

    /** How many rows there will be in all; null as long as a total is missing. */
    public @Nullable Long total() {
        long sum = 0;
        for (TableCount table : tables) {
            if (table.total() == null) {
                return null;
            }
            sum += Math.max(table.total(), table.rows());
        }
        return tables.isEmpty() ? null : Long.valueOf(sum);
    }
}
