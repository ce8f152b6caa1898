package io.flywatch.runner.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flywatch.runner.schedule.Schedule.Due;
import io.flywatch.runner.schedule.Schedule.Missed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void startsOnceAtItsTimeByTheClockOnThatWall() {
        Schedule nightly = new Schedule(Cron.parse("30 2 * * *"), BERLIN, Missed.SKIP);
        Instant due = Instant.parse("2026-11-22T01:30:00Z");

        assertThat(nightly.due(due.minusSeconds(5), due.minusSeconds(1))).isEqualTo(new Due.Nothing());
        assertThat(nightly.due(due.minusSeconds(5), due.plusSeconds(3))).isEqualTo(new Due.Start(due));
        assertThat(nightly.due(due, due.plusSeconds(8))).isEqualTo(new Due.Nothing());
        assertThat(nightly.next(due)).isEqualTo(due.plus(Duration.ofDays(1)));
    }

    @Test
    void tellsWhatWasMissedOrMakesUpForTheLastOfIt() {
        Instant handled = Instant.parse("2026-11-19T02:00:00Z");
        Instant back = Instant.parse("2026-11-22T09:00:00Z");
        Instant last = Instant.parse("2026-11-22T02:00:00Z");

        assertThat(new Schedule(Cron.parse("0 2 * * *"), ZoneOffset.UTC, Missed.SKIP).due(handled, back))
                .isEqualTo(new Due.Tell(last));
        assertThat(new Schedule(Cron.parse("0 2 * * *"), ZoneOffset.UTC, Missed.RUN).due(handled, back))
                .isEqualTo(new Due.Start(last));
    }

    @Test
    void saysWhatIsWrongWithATimeTable() {
        assertThatThrownBy(() -> Cron.parse("0 25 * * *")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cron.parse("every night")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cron.parse("0 0 2 * * *")).isInstanceOf(IllegalArgumentException.class);
    }

    /** However the clock goes, also back and over changes of summer time: no time is dealt with twice. */
    @Property
    void dealsWithEachTimeOnce(
            @ForAll @IntRange(max = 59) int minute,
            @ForAll @IntRange(max = 23) int hour,
            @ForAll @LongRange(min = 1_760_000_000L, max = 1_800_000_000L) long start,
            @ForAll @IntRange(min = -7_200, max = 90_000) int[] steps) {
        Schedule schedule = new Schedule(Cron.parse(minute + " " + hour + " * * *"), BERLIN, Missed.RUN);
        Instant now = Instant.ofEpochSecond(start);
        Instant handled = now;
        for (int step : steps) {
            now = now.plusSeconds(step);
            if (schedule.due(handled, now) instanceof Due.Start due) {
                assertThat(due.time()).isAfter(handled).isBeforeOrEqualTo(now);
                handled = due.time();
            }
            assertThat(schedule.due(handled, now)).isEqualTo(new Due.Nothing());
        }
    }
}
