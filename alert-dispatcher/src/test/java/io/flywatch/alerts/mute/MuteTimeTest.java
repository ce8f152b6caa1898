package io.flywatch.alerts.mute;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.alerts.mute.MuteTime.Days;
import io.flywatch.alerts.mute.MuteTime.Times;
import io.flywatch.alerts.mute.MuteTime.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.Month;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MuteTimeTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final int DAY = 24 * 60;

    @Test
    void meansTheClockOfItsZoneAlsoWhenThatIsSet() {
        // 22:00 to 06:00 in Berlin: 21:00 to 05:00 UTC in winter, 20:00 to 04:00 UTC in summer.
        MuteTime night = mute(new Window(
                List.of(new Times(22 * 60, DAY), new Times(0, 6 * 60)), Set.of(), List.of(), Set.of(), BERLIN));

        assertThat(night.contains(Instant.parse("2026-01-15T21:00:00Z"))).isTrue();
        assertThat(night.contains(Instant.parse("2026-01-15T20:59:59Z"))).isFalse();
        assertThat(night.contains(Instant.parse("2026-07-15T20:00:00Z"))).isTrue();
        assertThat(night.contains(Instant.parse("2026-07-15T04:00:00Z"))).isFalse();
        assertThat(night.until(Instant.parse("2026-01-15T23:10:11Z"))).isEqualTo("2026-01-16T05:00:00Z");
        // In the night of 29 March the clock goes an hour forward, in that of 25 October an hour back.
        assertThat(night.until(Instant.parse("2026-03-28T23:00:00Z"))).isEqualTo("2026-03-29T04:00:00Z");
        assertThat(night.until(Instant.parse("2026-10-24T21:00:00Z"))).isEqualTo("2026-10-25T05:00:00Z");
    }

    @Test
    void countsDaysFromTheEndOfTheMonthToo() {
        MuteTime closing = mute(
                new Window(List.of(), Set.of(), List.of(new Days(-1, -1)), Set.of(Month.FEBRUARY), ZoneId.of("UTC")));
        MuteTime sundays = mute(
                new Window(List.of(), Set.of(DayOfWeek.SUNDAY), List.of(), Set.of(), ZoneId.of("Pacific/Auckland")));

        assertThat(closing.contains(Instant.parse("2028-02-29T12:00:00Z"))).isTrue();
        assertThat(closing.contains(Instant.parse("2028-02-28T12:00:00Z"))).isFalse();
        assertThat(closing.contains(Instant.parse("2026-02-28T12:00:00Z"))).isTrue();
        assertThat(closing.contains(Instant.parse("2026-03-31T12:00:00Z"))).isFalse();
        // Saturday noon in London is Sunday already in Auckland.
        assertThat(sundays.contains(Instant.parse("2026-11-21T12:00:00Z"))).isTrue();
        assertThat(sundays.contains(Instant.parse("2026-11-22T12:00:00Z"))).isFalse();
    }

    private static MuteTime mute(Window window) {
        return new MuteTime("mute", List.of(window));
    }
}
