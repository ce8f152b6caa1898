package io.flywatch.anomaly.episode;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.anomaly.rule.Judgement;
import io.flywatch.anomaly.rule.Judgement.Breach;
import io.flywatch.anomaly.rule.Judgement.Fine;
import io.flywatch.anomaly.rule.Judgement.Unmeasured;
import io.flywatch.anomaly.rule.RuleName;
import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.AnomalyUpdated;
import io.flywatch.events.anomaly.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EpisodeTest {

    private static final Instant T = Instant.parse("2026-11-22T14:03:10Z");
    private static final Policy POLICY =
            new Policy(Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(10), 1.25, Duration.ofMinutes(5));

    private final List<AnomalyEvent> told = new ArrayList<>();
    private Episode episode = new Episode.Calm();

    @Test
    void opensOnlyAfterItLasted() {
        at(0, lag(73));
        at(4, lag(74));
        assertThat(told).isEmpty();

        at(5, lag(70));

        AnomalyOpened opened = (AnomalyOpened) told.getFirst();
        assertThat(opened.anomaly().since()).isEqualTo(T);
        assertThat(opened.anomaly().peak()).isEqualTo(74);
        assertThat(opened.anomaly().summary())
                .isEqualTo("shop: lag is 70 s, over 60 s, since 14:03:10 UTC (public.orders worst)");
    }

    @Test
    void forgetsASuspicionThatPassed() {
        at(0, lag(73));
        at(3, fine());
        at(6, lag(73));

        assertThat(told).isEmpty();
    }

    @Test
    void escalatesAtOnceAndTellsAWorsePeakSeldom() {
        at(0, lag(73));
        at(5, lag(73));
        at(7, lag(100));
        at(8, lag(301));
        at(12, lag(500));
        at(18, lag(600));

        assertThat(told).hasSize(3);
        assertThat(((AnomalyUpdated) told.get(1)).anomaly().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(((AnomalyUpdated) told.get(2)).anomaly().peak()).isEqualTo(600);
    }

    @Test
    void easesOnlyAfterTheRecoveryTime() {
        at(0, lag(301));
        at(5, lag(301));
        at(6, lag(100));
        at(10, lag(310));
        at(12, lag(100));
        assertThat(told).hasSize(1);

        at(22, lag(100));

        assertThat(((AnomalyUpdated) told.getLast()).anomaly().severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void closesAfterTheRecoveryTimeAndNotOnAShortGap() {
        at(0, lag(73));
        at(5, lag(73));
        at(6, fine());
        at(9, lag(73));
        at(10, fine());
        at(19, fine());
        assertThat(told).hasSize(1);

        at(20, fine());

        assertThat(told.getLast()).isInstanceOf(AnomalyClosed.class);
        assertThat(episode).isInstanceOf(Episode.Cooling.class);
    }

    @Test
    void waitsForItsCoolDownBeforeItOpensAgain() {
        Policy cooling =
                new Policy(Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(10), 1.25, Duration.ofMinutes(5));
        Episode flaps = new Episode.Cooling(T.plusSeconds(20), null, 0);

        Step during = flaps.observe(seen(5, lag(73), true), cooling);
        Step after = during.next().observe(seen(20, lag(74), true), cooling);

        assertThat(during.told()).isNull();
        assertThat(after.told()).isInstanceOf(AnomalyOpened.class);
    }

    @Test
    void staysOpenBetweenItsBoundAndTheOneThatClearsIt() {
        at(0, lag(73));
        at(5, lag(73));
        for (int second = 6; second < 60; second++) {
            at(second, new Judgement.Lingering("lag", 0.9));
        }

        assertThat(told).hasSize(1);
        assertThat(episode).isInstanceOf(OpenEpisode.class);
    }

    @Test
    void staysOpenWithoutAMeasurementButNotForEver() {
        at(0, lag(73));
        at(5, lag(73));
        at(60, new Unmeasured("lag"));
        assertThat(told).hasSize(1);

        at(306, new Unmeasured("lag"));

        assertThat(((AnomalyClosed) told.getLast()).reason()).contains("no measurement");
    }

    @Test
    void tellsNothingWhileThePastIsReplayed() {
        replayed(0, lag(73));
        replayed(30, lag(301));
        assertThat(told).isEmpty();

        at(31, lag(302));

        assertThat(((AnomalyOpened) told.getFirst()).anomaly().since()).isEqualTo(T);
    }

    @Test
    void givesTheSameEpisodeTheSameIdWhoeverSeesIt() {
        at(0, lag(73));
        at(5, lag(73));
        String id = ((AnomalyOpened) told.getFirst()).anomaly().id();
        told.clear();
        episode = new Episode.Calm();

        replayed(0, lag(99));
        at(6, lag(80));

        assertThat(((AnomalyOpened) told.getFirst()).anomaly().id()).isEqualTo(id);
    }

    @Property(tries = 300)
    void opensAndClosesInTurnWhateverHappens(@ForAll @Size(max = 300) List<@IntRange(min = 0, max = 3) Integer> kinds) {
        told.clear();
        episode = new Episode.Calm();

        for (int i = 0; i < kinds.size(); i++) {
            at(i, List.of(fine(), lag(80), lag(400), new Unmeasured("lag")).get(kinds.get(i)));
        }

        boolean open = false;
        for (AnomalyEvent event : told) {
            assertThat(event instanceof AnomalyOpened).isEqualTo(!open);
            open = !(event instanceof AnomalyClosed);
        }
    }

    private void at(int second, Judgement judgement) {
        observe(second, judgement, true);
    }

    private void replayed(int second, Judgement judgement) {
        observe(second, judgement, false);
    }

    private void observe(int second, Judgement judgement, boolean telling) {
        Step step = episode.observe(seen(second, judgement, telling), POLICY);
        episode = step.next();
        if (step.told() != null) {
            told.add(step.told());
        }
    }

    private static Observation seen(int second, Judgement judgement, boolean telling) {
        return new Observation(
                "shop", "run-1", RuleName.HIGH_LAG, T.plusSeconds(second), judgement, Explanation.NONE, telling);
    }

    private static Judgement fine() {
        return new Fine("lag", 0.1, "close enough");
    }

    private static Judgement lag(double seconds) {
        boolean severe = seconds > 300;
        return new Breach(
                "lag",
                severe ? Severity.CRITICAL : Severity.WARNING,
                seconds,
                severe ? 300 : 60,
                "seconds",
                null,
                Duration.ofSeconds(5),
                "lag is " + Math.round(seconds) + " s, over " + (severe ? 300 : 60) + " s",
                "public.orders worst");
    }
}
