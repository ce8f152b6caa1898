package io.flywatch.alerts.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.alerts.Stories;
import io.flywatch.alerts.deliver.Delivery.Delivered;
import io.flywatch.alerts.deliver.Delivery.Refused;
import io.flywatch.alerts.deliver.Delivery.Retry;
import io.flywatch.alerts.deliver.Outcome.Again;
import io.flywatch.alerts.deliver.Outcome.Done;
import io.flywatch.alerts.deliver.Outcome.Over;
import io.flywatch.events.alert.NoticeKind;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private static final Duration A_DAY = Duration.ofHours(24);

    @Test
    void comesBackWhenTheReceiverSays() {
        Again again = (Again) outcome(new Retry(Duration.ofSeconds(30), "HTTP 429"), 1, Stories.SINCE);

        assertThat(again.dueAt()).isEqualTo(Stories.SINCE.plusSeconds(30));
    }

    @Test
    void waitsLongerEachTimeWhenItDoesNot() {
        Again first = (Again) outcome(new Retry(null, "HTTP 500"), 1, Stories.SINCE);
        Again fourth = (Again) outcome(new Retry(null, "HTTP 500"), 4, Stories.SINCE);

        assertThat(first.dueAt()).isEqualTo(Stories.SINCE.plusMillis(750));
        assertThat(fourth.dueAt()).isEqualTo(Stories.SINCE.plusMillis(6000));
    }

    @Test
    void endsWhenItIsTakenRefusedOrTooOld() {
        assertThat(outcome(new Delivered("ok"), 1, Stories.SINCE)).isEqualTo(new Done("ok", null));
        assertThat(outcome(new Refused("HTTP 400"), 1, Stories.SINCE)).isEqualTo(new Over("HTTP 400"));
        assertThat(outcome(new Retry(null, "HTTP 500"), 9, Stories.SINCE.plus(A_DAY)))
                .isEqualTo(new Over("given up after 9 attempts: HTTP 500"));
    }

    @Test
    void outlivesAnHourOfFailuresAndComesBackWithinMinutes() {
        Instant now = Stories.SINCE;
        int attempt = 1;
        while (now.isBefore(Stories.SINCE.plusSeconds(3600))) {
            now = ((Again) outcome(new Retry(null, "HTTP 500"), attempt++, now)).dueAt();
        }

        assertThat(now).isBefore(Stories.SINCE.plusSeconds(3600 + 300));
        assertThat(attempt).isBetween(15, 40);
        assertThat(outcome(new Delivered("ok"), attempt, now)).isEqualTo(new Done("ok", null));
    }

    @Test
    void keepsOfAnAnswerOnlyWhatCanBeWrittenDown() {
        Over over = (Over) outcome(new Refused("no\u0000\ud800\nway" + "x".repeat(9000)), 1, Stories.SINCE);

        assertThat(over.note()).startsWith("no   way").hasSize(Outcome.LONGEST);
        assertThat(outcome(new Delivered("ok\u0000", "C1|1\u00002"), 1, Stories.SINCE))
                .isEqualTo(new Done("ok", "C1|1 2"));
    }

    @Property
    void neverWaitsLongerThanAllowed(
            @ForAll @IntRange(min = 1, max = 100_000) int attempt,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
        assertThat(BACKOFF.after(attempt, random)).isBetween(Duration.ofMillis(500), Duration.ofMinutes(5));
    }

    private static Outcome outcome(Delivery delivery, int attempt, Instant now) {
        var notice = Stories.notice(Stories.story(NoticeKind.FIRING, "shop", "lag"), attempt);
        return Outcome.of(delivery, notice, now, BACKOFF, A_DAY, 0.5);
    }
}
