package io.flywatch.runner.resnapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.runner.resnapshot.Resnapshot.Outcome;
import io.flywatch.runner.resnapshot.Resnapshot.Wish;
import io.flywatch.runner.resnapshot.Told.Notice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");
    private static final String ORDERS = "public.orders";
    private static final String ITEMS = "public.items";

    private final Course course = new Course();

    @Test
    void tellsTheConnectorOnceAndThenWaits() {
        assertThat(words(Wish.READ, Told.NOTHING, 0)).containsExactly("Execute");
        assertThat(words(Wish.READ, Told.NOTHING, 30)).isEmpty();
    }

    @Test
    void doesNotTellAConnectorAgainThatReadsAlready() {
        assertThat(words(Wish.READ, told("STARTED"), 0)).isEmpty();
    }

    @Test
    void pausesAgainAConnectorThatForgotThatItWasPaused() {
        assertThat(words(Wish.PAUSE, told("STARTED"), 0)).containsExactly("Pause");
        assertThat(words(Wish.PAUSE, told("STARTED"), 5))
                .as("it has a while to obey")
                .isEmpty();
        assertThat(words(Wish.PAUSE, told("STARTED", "PAUSED"), 20)).isEmpty();
        assertThat(words(Wish.PAUSE, told("STARTED", "PAUSED", "IN_PROGRESS"), 40))
                .containsExactly("Pause");
        assertThat(words(Wish.READ, told("STARTED", "PAUSED"), 60)).containsExactly("Resume");
    }

    @Test
    void letsAPausedOneGoOnSoThatItSeesThatItIsStopped() {
        assertThat(words(Wish.STOP, told("STARTED", "PAUSED"), 0)).containsExactly("Stop", "Resume");
    }

    @Test
    void isOverWhenEveryTableWasRead() {
        Told told = told("STARTED").plus(scan(ORDERS, "SUCCEEDED")).plus(scan(ITEMS, "EMPTY"));

        assertThat(Course.brokenOff(snapshot(Wish.READ), told, NOW))
                .as("it is still read")
                .isEmpty();
        assertThat(told.plus(notice("COMPLETED", null, null)).state()).isEqualTo(Told.State.OVER);
        assertThat(Course.brokenOff(snapshot(Wish.STOP), told.plus(notice("COMPLETED", null, null)), NOW))
                .as("a stop that came too late changes nothing")
                .isEmpty();
    }

    @Test
    void tellsAStoppedOneFromOneThatWasReadToItsEnd() {
        Told stopped = told("STARTED").plus(scan(ORDERS, "SUCCEEDED")).plus(notice("COMPLETED", null, null));

        assertThat(Course.brokenOff(snapshot(Wish.STOP), stopped, NOW))
                .hasValueSatisfying(it -> assertThat(it.outcome()).isEqualTo(Outcome.STOPPED));
    }

    @Test
    void namesTheTablesThatCouldNotBeRead() {
        Told failed = told("STARTED")
                .plus(scan(ORDERS, "SQL_EXCEPTION"))
                .plus(scan(ITEMS, "SUCCEEDED"))
                .plus(notice("COMPLETED", null, null));

        assertThat(Course.brokenOff(snapshot(Wish.READ), failed, NOW)).hasValueSatisfying(it -> {
            assertThat(it.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(it.reason()).contains(ORDERS, "SQL_EXCEPTION").doesNotContain(ITEMS);
        });
    }

    @Test
    void isReadAgainWhereARestartedConnectorHadNotKeptItsEnd() {
        Told again = told("STARTED")
                .plus(scan(ORDERS, "SUCCEEDED"))
                .plus(notice("COMPLETED", null, null))
                .plus(notice("IN_PROGRESS", ORDERS, null));

        assertThat(again.state()).isEqualTo(Told.State.READING);
        assertThat(again.scans()).isEmpty();
    }

    @Test
    void waitsNoLongerForAConnectorThatDoesNotAnswerThatItStops() {
        words(Wish.READ, Told.NOTHING, 0);
        assertThat(words(Wish.STOP, Told.NOTHING, 1)).containsExactly("Stop");

        assertThat(course.givenUp(snapshot(Wish.STOP), Told.NOTHING, NOW.plusSeconds(60)))
                .isEmpty();
        assertThat(course.givenUp(snapshot(Wish.READ), Told.NOTHING, NOW.plusSeconds(90)))
                .isEmpty();
        assertThat(course.givenUp(snapshot(Wish.STOP), Told.NOTHING, NOW.plusSeconds(61)))
                .hasValueSatisfying(it -> assertThat(it.outcome()).isEqualTo(Outcome.STOPPED));
    }

    private List<String> words(Wish wish, Told told, int second) {
        Instant at = NOW.plusSeconds(second);
        List<Signal> due = course.due(snapshot(wish), told, at);
        due.forEach(it -> course.signalled(it, at));
        return due.stream().map(it -> it.getClass().getSimpleName()).toList();
    }

    private static Told told(String... types) {
        Told told = Told.NOTHING;
        for (String type : types) {
            told = told.plus(notice(type, null, null));
        }
        return told;
    }

    private static Notice scan(String table, String status) {
        return notice("TABLE_SCAN_COMPLETED", table, status);
    }

    private static Notice notice(String type, @Nullable String table, @Nullable String status) {
        return new Notice("s", type, NOW, table, status, 3L, "7", "9");
    }

    private static Resnapshot snapshot(Wish wish) {
        return new Resnapshot("s", "r", NOW, "anna", List.of(ORDERS, ITEMS), Map.of(), Map.of(), wish, null);
    }
}
