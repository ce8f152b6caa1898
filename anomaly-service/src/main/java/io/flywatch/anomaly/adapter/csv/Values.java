package io.flywatch.anomaly.adapter.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the cells of a line, and numbers in them. */
final class Values {

    private static final Set<String> MISSING =
            Set.of("", "nan", "na", "n/a", "null", "none", "-", "inf", "-inf", "+inf", "infinity");

    private Values() {}

    /** The cells of a line: separated by commas, or by semicolons or tabs where there is no comma; quotes around a cell go. */
    static List<String> cells(String line) {
        char separator =
                line.indexOf(',') >= 0 ? ',' : line.indexOf(';') >= 0 ? ';' : line.indexOf('\t') >= 0 ? '\t' : ',';
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    /** A cell's number; NaN if it is none. */
    static double number(String cell) {
        if (!isNumber(cell)) {
            return Double.NaN;
        }
        return Double.parseDouble(cell);
    }

    static boolean isNumber(String cell) {
        if (cell.isEmpty() || "+-.0123456789".indexOf(cell.charAt(0)) < 0) {
            return false;
        }
        try {
            return Double.isFinite(Double.parseDouble(cell)) && Character.isDigit(cell.charAt(cell.length() - 1))
                    || cell.endsWith(".") && Double.isFinite(Double.parseDouble(cell));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    static boolean isMissing(String cell) {
        return MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }
}
