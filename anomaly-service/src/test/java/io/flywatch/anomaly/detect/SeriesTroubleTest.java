package io.flywatch.anomaly.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.anomaly.Samples;
import io.flywatch.anomaly.episode.Policy;
import io.flywatch.anomaly.rule.Phase;
import io.flywatch.anomaly.rule.Rule;
import io.flywatch.anomaly.rule.RuleName;
import io.flywatch.anomaly.rule.Threshold;
import io.flywatch.anomaly.rule.Unusual;
import io.flywatch.anomaly.score.Sensitivity;
import io.flywatch.anomaly.series.Sighting;
import io.flywatch.events.FlywatchEvent;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.Severity;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.Headroom;
import io.flywatch.events.lag.LagSample.StageLag;
import io.flywatch.events.lag.LagSample.Vitals;
import io.flywatch.events.lag.PipelineState;
import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.progress.RunPaused;
import io.flywatch.events.progress.RunStarted;
import io.flywatch.events.progress.StepStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeriesTroubleTest {

    private static final Instant T = Instant.parse("2026-11-22T14:00:00Z");

    private final Random random = new Random(7);
    private final List<FlywatchEvent> past = new ArrayList<>();
    private final List<AnomalyEvent> told = new ArrayList<>();
    private final Detector detector = new Detector(settings());

    @Test
    void findsLagThatIsUnusualLongBeforeItsThresholdAndSaysWhatChangedWithIt() {
        stream(0, 400, 0.2, 0.05, null);
        assertThat(told).isEmpty();

        stream(400, 410, 9, 8.9, null);

        Anomaly found = opened("unusual");
        assertThat(found.series()).isEqualTo("behind");
        assertThat(told.getFirst().at()).isBetween(T.plusSeconds(402), T.plusSeconds(405));
        assertThat(found.summary())
                .contains("behind is 9")
                .contains("expected 0.2 s")
                .contains("one in ");
        assertThat(found.cause())
                .contains("the target is slow")
                .contains("changed together: ")
                .contains("stage/apply");

        stream(410, 460, 0.2, 0.05, null);

        assertThat(told.getLast()).isInstanceOf(AnomalyClosed.class);
        assertThat(told).hasSize(2);
    }

    @Test
    void saysNothingOfLagThatAPauseLeftBehind() {
        stream(0, 400, 0.2, 0.05, null);
        take(new RunPaused("shop", Samples.RUN, T.plusSeconds(400), "by hand"));

        stream(401, 420, 15, 0.05, null);

        assertThat(told).isEmpty();
    }

    @Test
    void warnsOfWhatThreatensByItsBounds() {
        stream(0, 5, 0.2, 0.05, new Vitals(1.0, List.of(new Headroom("kafka", 90_000.0, false, "")), null, 0, 0));
        assertThat(told).isEmpty();

        stream(
                5,
                7,
                0.2,
                0.05,
                new Vitals(
                        45.0,
                        List.of(
                                new Headroom("kafka", 90_000.0, false, ""),
                                new Headroom("source_log", 300.0, false, "")),
                        null,
                        0,
                        0));

        assertThat(opened("heartbeat_stopped").summary())
                .contains("no heartbeat comes through: heartbeat_age is 45 s, over 30 s");
        assertThat(opened("low_headroom").severity()).isEqualTo(Severity.CRITICAL);
        assertThat(opened("low_headroom").summary()).contains("headroom/source_log is 300 s, under 600 s");
    }

    @Test
    void rehearsesThePastAsItWasTold() {
        stream(0, 400, 0.2, 0.05, null);
        stream(400, 410, 9, 8.9, null);
        stream(410, 460, 0.2, 0.05, null);
        Rehearsal rehearsal = new Rehearsal(settings());

        List<AnomalyEvent> again = rehearsal.told(past, T);
        List<Sighting> points = rehearsal.series(past, T.plusSeconds(390), "shop", "behind");

        assertThat(again).isEqualTo(told);
        assertThat(points).hasSize(70);
        assertThat(points.get(10).isUnusual()).isTrue();
        assertThat(points.get(9).reading().isOutside(points.get(9).value())).isFalse();
    }

    private void stream(int from, int to, double lag, double apply, @Nullable Vitals vitals) {
        if (from == 0) {
            take(new RunStarted(
                    "shop", Samples.RUN, T.minusSeconds(2), MigrationKind.REPLICATION, "rest", List.of("stream")));
            take(new StepStarted("shop", Samples.RUN, T.minusSeconds(1), "stream", 1, 1));
        }
        for (int second = from; second < to; second++) {
            double jitter = random.nextDouble() * 0.05;
            take(new LagSample(
                    "shop",
                    Samples.RUN,
                    T.plusSeconds(second),
                    "one",
                    PipelineState.STREAMING,
                    "as it is",
                    lag + jitter,
                    lag,
                    null,
                    100 + random.nextInt(5),
                    100,
                    10,
                    0,
                    0,
                    new StageLag(0.05, 0.05, apply + jitter),
                    List.of(),
                    vitals));
        }
    }

    private void take(FlywatchEvent event) {
        past.add(event);
        told.addAll(
                event instanceof LagSample sample
                        ? detector.on(sample, event.at(), true)
                        : detector.on((io.flywatch.events.progress.ProgressEvent) event, event.at(), true));
    }

    private Anomaly opened(String rule) {
        return told.stream()
                .filter(AnomalyOpened.class::isInstance)
                .map(event -> ((AnomalyOpened) event).anomaly())
                .filter(anomaly -> anomaly.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    private static DetectorSettings settings() {
        List<Rule> rules = List.of(
                new Unusual("behind", Sensitivity.BALANCED.threshold(), Duration.ofSeconds(3), Phase.STREAMING),
                new Threshold(
                        RuleName.HEARTBEAT_STOPPED,
                        "heartbeat_age",
                        true,
                        30,
                        null,
                        null,
                        Duration.ZERO,
                        "no heartbeat comes through"),
                new Threshold(
                        RuleName.LOW_HEADROOM,
                        "headroom",
                        false,
                        3600,
                        600.0,
                        null,
                        Duration.ofSeconds(1),
                        "changes will be lost"));
        return new DetectorSettings(
                rules,
                List.of(),
                new Policy(Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(10), 1.25, Duration.ofMinutes(5)),
                Duration.ofSeconds(30),
                60,
                Duration.ofMinutes(10),
                1000,
                Duration.ofSeconds(10),
                Duration.ofHours(24),
                100,
                Sensitivity.BALANCED,
                List.of());
    }
}
