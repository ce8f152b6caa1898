package io.flywatch.alerts.adapter.file;

import io.flywatch.alerts.mute.MuteTime;
import io.flywatch.alerts.mute.MuteTime.Days;
import io.flywatch.alerts.mute.MuteTime.Times;
import io.flywatch.alerts.mute.MuteTime.Window;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Reads mute times. */
final class MuteTimes {

    private static final int DAY = 24 * 60;

    private MuteTimes() {}

    static MuteTime read(Cursor at) {
        at.knows("name", "windows");
        List<Window> windows =
                at.each("windows").stream().map(MuteTimes::window).toList();
        if (windows.isEmpty()) {
            at.flaw("a mute time needs at least one window");
        }
        return new MuteTime(at.needed("name"), windows);
    }

    private static Window window(Cursor at) {
        at.knows("times", "weekdays", "days_of_month", "months", "zone");
        List<Times> times = new ArrayList<>();
        at.each("times")
                .forEach(text -> text.read(List.<Times>of(), MuteTimes::times).forEach(times::add));
        Set<DayOfWeek> weekdays = new TreeSet<>();
        at.each("weekdays")
                .forEach(text -> weekdays.addAll(text.read(List.<DayOfWeek>of(), it -> range(it, DayOfWeek.values()))));
        List<Days> days = new ArrayList<>();
        at.each("days_of_month")
                .forEach(text -> text.read(List.<Days>of(), MuteTimes::days).forEach(days::add));
        Set<Month> months = new TreeSet<>();
        at.each("months").forEach(text -> months.addAll(text.read(List.<Month>of(), it -> range(it, Month.values()))));
        ZoneId zone = at.read("zone", ZoneId.of("UTC"), MuteTimes::zone);
        return new Window(times, weekdays, days, months, zone);
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no time zone; write Europe/Berlin, or UTC");
        }
    }

    /** {@code 22:00-06:00} goes over midnight: two ranges of the same days. */
    private static List<Times> times(String text) {
        String[] ends = text.split("-", -1);
        if (ends.length != 2) {
            throw new IllegalArgumentException("'" + text + "' is no range of times; write 09:00-17:00");
        }
        int from = minute(ends[0], text);
        int to = minute(ends[1], text);
        return from < to ? List.of(new Times(from, to)) : List.of(new Times(from, DAY), new Times(0, to));
    }

    private static int minute(String time, String text) {
        if (!time.strip().matches("([01]?\\d|2[0-3]):[0-5]\\d|24:00")) {
            throw new IllegalArgumentException("'" + text + "' is no range of times; write 09:00-17:00");
        }
        String[] parts = time.strip().split(":", -1);
        return Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
    }

    private static List<Days> days(String text) {
        String form = "-?\\d{1,2}";
        if (!text.matches(form + "(:" + form + ")?")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no range of days; write 1:5, or -3:-1 from the month's end");
        }
        String[] ends = text.split(":", -1);
        int from = Integer.parseInt(ends[0]);
        int to = Integer.parseInt(ends[ends.length - 1]);
        if (from == 0 || to == 0 || Math.abs(from) > 31 || Math.abs(to) > 31) {
            throw new IllegalArgumentException("'" + text + "' has a day that no month has");
        }
        return List.of(new Days(from, to));
    }

    private static <T extends Enum<T>> List<T> range(String text, T[] values) {
        String[] ends = text.split("[-:]", -1);
        int from = index(ends[0], text, values);
        int to = index(ends[ends.length - 1], text, values);
        List<T> range = new ArrayList<>();
        for (int i = from; ; i = (i + 1) % values.length) {
            range.add(values[i]);
            if (i == to) {
                return range;
            }
        }
    }

    private static <T extends Enum<T>> int index(String word, String text, T[] values) {
        String name = word.strip().toUpperCase(Locale.ROOT);
        for (int i = 0; i < values.length; i++) {
            if (values[i].name().equals(name)
                    || name.equals(String.valueOf(i + 1)) && values instanceof Month[]
                    || name.length() == 3 && values[i].name().startsWith(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not known; write "
                + values[0].name().toLowerCase(Locale.ROOT) + ", or "
                + values[0].name().toLowerCase(Locale.ROOT) + "-"
                + values[4].name().toLowerCase(Locale.ROOT));
    }
}
