package io.flywatch.anomaly.adapter.csv;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where a line's time and value stand.
 *
 * @param time the column of the time, from 0; -1 if there is none
 * @param value the column of the value, from 0
 */
record Columns(int time, int value) {

    private static final Set<String> TIMES = Set.of("timestamp", "time", "date", "datetime", "ts", "timestamps", "ds");
    private static final Set<String> VALUES = Set.of("value", "y", "values", "data", "metric");

    /** Whether a line is a heading: its value is no number, nor one of the words for a missing one. */
    static boolean isHeading(List<String> cells) {
        return cells.stream()
                .noneMatch(cell -> Values.isNumber(cell)
                        || Values.isMissing(cell)
                        || Times.millis(cell).isPresent());
    }

    /** By the names of a heading; where they say nothing, the first column is the time and the next the value. */
    static Columns ofHeading(List<String> names) {
        int time = find(names, TIMES);
        int value = find(names, VALUES);
        Columns usual = ofWidth(names.size());
        if (time < 0 && value < 0) {
            return usual;
        }
        if (value < 0) {
            return new Columns(time, time == 0 && names.size() > 1 ? 1 : 0);
        }
        return new Columns(time < 0 && value > 0 ? 0 : time, value);
    }

    /** Without a heading. */
    static Columns ofWidth(int width) {
        return width > 1 ? new Columns(0, 1) : new Columns(-1, 0);
    }

    private static int find(List<String> names, Set<String> wanted) {
        for (int column = 0; column < names.size(); column++) {
            if (wanted.contains(names.get(column).toLowerCase(Locale.ROOT))) {
                return column;
            }
        }
        return -1;
    }
}
