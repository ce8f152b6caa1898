package io.flywatch.cdc.adapter.verify;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Intervals, whose three parts don't turn into each other: months, days and a time. */
final class PgIntervals {
    private static final Pattern PART = Pattern.compile("([-+]?\\d+) (year|mon|day)s?");
    private static final Pattern TIME = Pattern.compile("([-+]?)(\\d+):(\\d\\d):(\\d\\d(?:\\.\\d+)?)$");

    private PgIntervals() {}

    /** From {@code 1 year 2 mons -3 days 04:05:06.7} to {@code P1Y2M-3DT4H5M6.7S}, as the change stream brings it. */
    static String iso(String text) {
        int years = 0;
        int months = 0;
        int days = 0;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            int count = Integer.parseInt(part.group(1));
            switch (part.group(2)) {
                case "year" -> years = count;
                case "mon" -> months = count;
                default -> days = count;
            }
        }
        Matcher time = TIME.matcher(text);
        boolean found = time.find();
        String sign = found && time.group(1).equals("-") ? "-" : "";
        return String.format(
                Locale.ROOT,
                "P%dY%dM%dDT%sH%sM%sS",
                years,
                months,
                days,
                found ? signed(sign, time.group(2)) : "0",
                found ? signed(sign, time.group(3)) : "0",
                found ? signed(sign, time.group(4)) : "0");
    }

    private static String signed(String sign, String digits) {
        BigDecimal number = new BigDecimal(digits).stripTrailingZeros();
        return number.signum() == 0 ? "0" : sign + number.toPlainString();
    }
}
