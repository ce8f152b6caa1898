package io.flywatch.alerts.mute;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** Times in which a route is quiet. */
public record MuteTime(String name, List<Window> windows) {

    private static final Duration FURTHEST = Duration.ofDays(2);

    public MuteTime {
        windows = List.copyOf(windows);
    }

    /**
     * One of them. What is left empty allows everything.
     *
     * @param times minutes of the day
     * @param daysOfMonth 1 to 31, or -31 to -1 from the month's end
     * @param zone whose clock is meant
     */
    public record Window(
            List<Times> times, Set<DayOfWeek> weekdays, List<Days> daysOfMonth, Set<Month> months, ZoneId zone) {
        public Window {
            times = List.copyOf(times);
            weekdays = Set.copyOf(weekdays);
            daysOfMonth = List.copyOf(daysOfMonth);
            months = Set.copyOf(months);
        }

        boolean contains(Instant at) {
            ZonedDateTime local = at.atZone(zone);
            LocalTime time = local.toLocalTime();
            return (times.isEmpty() || times.stream().anyMatch(range -> range.contains(time)))
                    && (weekdays.isEmpty() || weekdays.contains(local.getDayOfWeek()))
                    && (months.isEmpty() || months.contains(local.getMonth()))
                    && (daysOfMonth.isEmpty() || daysOfMonth.stream().anyMatch(days -> days.contains(local)));
        }
    }

    /**
     * From a minute of the day to another.
     *
     * @param from minutes since midnight, included
     * @param to minutes since midnight, not included; 1440 for the day's end
     */
    public record Times(int from, int to) {
        boolean contains(LocalTime time) {
            int minute = time.getHour() * 60 + time.getMinute();
            return minute >= from && minute < to;
        }
    }

    /** From a day of the month to another, both included; negative ones count from the month's end. */
    public record Days(int from, int to) {
        boolean contains(ZonedDateTime local) {
            int length = YearMonth.from(local).lengthOfMonth();
            int day = local.getDayOfMonth();
            return day >= fromStart(from, length) && day <= fromStart(to, length);
        }

        private static int fromStart(int day, int length) {
            return day < 0 ? length + day + 1 : day;
        }
    }

    /** Whether it is quiet. */
    public boolean contains(Instant at) {
        return windows.stream().anyMatch(window -> window.contains(at));
    }

    /** When it is no longer quiet, or two days on if it is quiet for longer; the time itself if it is not quiet then. */
    public Instant until(Instant at) {
        Instant end = at.plus(FURTHEST);
        Instant minute = at;
        while (minute.isBefore(end) && contains(minute)) {
            minute = minute.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        }
        return minute;
    }
}
