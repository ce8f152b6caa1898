package io.flywatch.anomaly.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.anomaly.Samples;
import io.flywatch.anomaly.episode.Policy;
import io.flywatch.anomaly.rule.HighErrorRate;
import io.flywatch.anomaly.rule.HighLag;
import io.flywatch.anomaly.rule.LowThroughput;
import io.flywatch.anomaly.rule.Silence;
import io.flywatch.anomaly.rule.Silence.Sender;
import io.flywatch.anomaly.rule.Stalled;
import io.flywatch.anomaly.score.Sensitivity;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.AnomalyUpdated;
import io.flywatch.events.anomaly.Severity;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.PipelineState;
import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.progress.ProgressEvent;
import io.flywatch.events.progress.RunFailed;
import io.flywatch.events.progress.RunFinished;
import io.flywatch.events.progress.RunPaused;
import io.flywatch.events.progress.RunResumed;
import io.flywatch.events.progress.RunRetried;
import io.flywatch.events.progress.RunStarted;
import io.flywatch.events.progress.RunState;
import io.flywatch.events.progress.StepStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DetectorTest {

    private static final Instant T = Instant.parse("2026-11-22T14:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<AnomalyEvent> told = new ArrayList<>();
    private Detector detector = new Detector(settings());

    @Test
    void findsLowThroughputInASnapshotButNotAtItsStartOrEnd() {
        on(new RunStarted("shop", "run-1", T, MigrationKind.MONGODB, "rest", List.of("copy")));
        for (int s = 1; s < 20; s++) {
            on(Samples.progress(T.plusSeconds(s), "copy", s, 100_000, 1, 1000.0));
        }
        assertThat(told).as("warming up").isEmpty();

        for (int s = 20; s < 40; s++) {
            on(Samples.progress(T.plusSeconds(s), "copy", 400L * s, 100_000, 400, 1000.0));
        }
        assertThat(opened("low_throughput").summary()).contains("400 rows/s, under 500 rows/s");

        for (int s = 40; s < 60; s++) {
            on(Samples.progress(T.plusSeconds(s), "copy", 99_990, 100_000, 5, 1000.0));
        }
        assertThat(told.getLast()).isInstanceOf(AnomalyClosed.class);
    }

    @Test
    void findsLowThroughputInAStreamOnlyWhileTheBacklogGrows() {
        for (int s = 0; s < 30; s++) {
            on(stream(s, 1.0, 1.0, 0, 0, 0));
        }
        assertThat(told).as("an idle source is no anomaly").isEmpty();

        for (int s = 30; s < 60; s++) {
            on(stream(s, 5.0, 5.0, 1000, 200, (s - 30) * 800L));
        }
        assertThat(opened("low_throughput").summary()).contains("only 200 rows/s are applied of 1,000 rows/s");
        told.clear();

        for (int s = 60; s < 90; s++) {
            on(stream(s, 5.0, 5.0, 100, 900, 24_000 - (s - 59) * 800L));
        }
        assertThat(told).hasSize(1).first().isInstanceOf(AnomalyClosed.class);
    }

    @Test
    void needsMoreThanOneErrorForARate() {
        for (int s = 0; s < 6; s++) {
            on(errors(s, 0, 0));
        }
        for (int s = 6; s < 20; s++) {
            on(errors(s, 1, 0));
        }
        assertThat(told).isEmpty();

        for (int s = 20; s < 30; s++) {
            on(errors(s, (s - 19) * 20, (s - 19) * 980));
        }

        assertThat(opened("high_error_rate").value()).isBetween(0.019, 0.03);
    }

    @Test
    void doesNotCountOldErrorsThatANewReplicaBrings() {
        for (int s = 0; s < 10; s++) {
            on(Samples.pipeline(at(s), "one", PipelineState.STREAMING, 1.0, 1.0, 100, 100, 0, 0, 1000 + s * 100L));
        }
        for (int s = 10; s < 30; s++) {
            on(Samples.pipeline(
                    at(s),
                    "two",
                    PipelineState.STREAMING,
                    1.0,
                    1.0,
                    100,
                    100,
                    0,
                    s < 13 ? 0 : 5000,
                    s < 13 ? 0 : 1000));
        }

        assertThat(told).isEmpty();
    }

    @Test
    void takesNoMeasurementForNoLag() {
        for (int s = 0; s < 10; s++) {
            on(stream(s, 73.0, null, 100, 100, 0));
        }
        assertThat(opened("high_lag").severity().name()).isEqualTo("WARNING");
        told.clear();

        for (int s = 10; s < 60; s++) {
            on(stream(s, null, null, 0, 0, 0));
        }
        assertThat(told).isEmpty();

        for (int s = 60; s < 75; s++) {
            on(stream(s, 1.0, null, 100, 100, 0));
        }
        assertThat(told).hasSize(1).first().isInstanceOf(AnomalyClosed.class);
    }

    @Test
    void toleratesTheLagThatASnapshotLeavesAsLongAsItFalls() {
        on(new RunStarted("shop", "run-1", T, MigrationKind.REPLICATION, "rest", List.of("snapshot", "stream")));
        on(new StepStarted("shop", "run-1", at(100), "stream", 2, 2));
        for (int s = 101; s < 180; s++) {
            on(stream(s, 400.0 - (s - 100) * 3, 1.0, 100, 900, 100));
        }
        assertThat(told).isEmpty();

        for (int s = 180; s < 200; s++) {
            on(stream(s, 170.0, 1.0, 100, 100, 100));
        }
        assertThat(opened("high_lag").summary()).contains("lag is 170 s, over 60 s");
    }

    @Test
    void findsAStoppedConnectorByItsMissingHeartbeats() {
        for (int s = 0; s < 120; s++) {
            on(stream(s, null, 1.0, 0, 0, 0));
        }
        assertThat(told).as("idle, with heartbeats").isEmpty();

        for (int s = 120; s < 190; s++) {
            on(stream(s, null, s - 119.0, 0, 0, 0));
        }

        Anomaly stalled = opened("stalled");
        assertThat(stalled.summary()).contains("nothing came through for 61 s, no heartbeat either");
        assertThat(stalled.cause()).contains("nothing arrives from the source");
    }

    @Test
    void findsThatRecordsWaitAndNoneIsApplied() {
        for (int s = 0; s < 300; s++) {
            on(stream(s, null, 1.0, 0, 0, s == 100 ? 5 : 0));
        }
        assertThat(told).as("a record on its way is no trouble").isEmpty();

        for (int s = 300; s < 362; s++) {
            on(stream(s, null, 2.0, 10, 0, 10L * (s - 299)));
        }

        assertThat(opened("stalled").summary()).contains("records wait and none was applied for");
    }

    @Test
    void findsRowsThatDoNotMoveButLetsAnIndexTakeItsTime() {
        on(new RunStarted("shop", "run-1", T, MigrationKind.MONGODB, "rest", List.of("index", "copy")));
        for (int s = 1; s < 200; s++) {
            on(Samples.progress("shop", "run-1", at(s), RunState.RUNNING, "index", 0, 0, 0, null));
        }
        assertThat(told).isEmpty();

        for (int s = 200; s < 262; s++) {
            on(Samples.progress(at(s), "copy", 500, 1000, 0, null));
        }

        assertThat(opened("stalled").summary()).contains("no row moved for");
    }

    @Test
    void expectsNothingOfAPausedRun() {
        for (int s = 0; s < 10; s++) {
            on(Samples.progress(at(s), "copy", s * 10, 1000, 10, null));
        }
        on(new RunPaused("shop", "run-1", at(10), "by hand"));
        for (int s = 11; s < 200; s++) {
            on(Samples.progress("shop", "run-1", at(s), RunState.PAUSED, "copy", 90, 1000, 0, 100.0));
        }
        on(new RunResumed("shop", "run-1", at(200), "by hand"));
        for (int s = 201; s < 215; s++) {
            on(Samples.progress(at(s), "copy", 90, 1000, 0, 100.0));
        }

        assertThat(told).isEmpty();
    }

    @Test
    void believesAPauseThatTheSampleOfThatMomentDidNotKnowOf() {
        for (int s = 0; s < 100; s++) {
            on(Samples.streaming(at(s), 0.1, 0.2));
            on(Samples.progress(at(s), "stream", s * 10, 1000, 10, null));
        }
        on(Samples.progress(at(100).plusMillis(3), "stream", 1000, 1000, 10, null));
        on(new RunPaused("shop", "run-1", at(100), "by hand"));
        for (int s = 101; s < 200; s++) {
            on(Samples.streaming(at(s), null, (double) s - 100));
        }

        assertThat(told).isEmpty();
    }

    @Test
    void watchesARunAgainThatIsRetriedAfterItsFailure() {
        on(Samples.progress(at(0), "copy", 10, 1000, 10, null));
        on(new RunFailed("shop", "run-1", at(1), "copy", "refused", "no", MINUTE, null, null));
        on(new RunRetried("shop", "run-1", at(100), 2, "by hand"));
        for (int s = 101; s < 400; s++) {
            on(Samples.progress(at(s), "copy", 10, 1000, 0, 100.0));
        }

        assertThat(opened("stalled").summary()).contains("no row moved for");
    }

    @Test
    void hearsTheSilenceOfADeadProcessor() {
        on(stream(0, 1.0, 1.0, 10, 10, 0));
        on(Samples.progress(at(0), "stream", 10, 10, 0, null));
        for (int s = 1; s < 62; s++) {
            on(Samples.progress(at(s), "stream", 10, 10, 0, null));
            told.addAll(detector.tick(at(s)));
        }

        assertThat(told).hasSize(1);
        assertThat(opened("stalled").summary()).contains("no sample from the cdc-processor for 61 s");
        assertThat(opened("stalled").series()).isEqualTo("lag_samples");
    }

    @Test
    void takesAnIdlePipelineForNoStandstillWhileItIsVerified() {
        for (int s = 0; s < 300; s++) {
            on(stream(s, 1.0, 1.0, 0, 0, 0));
            on(Samples.progress(at(s), "verify", 10, 1_000, 0, 100.0));
        }

        assertThat(told).isEmpty();
    }

    @Test
    void closesEverythingWhenTheRunEndsAndIgnoresWhatComesLate() {
        lagsBehind();

        on(new RunFinished("shop", "run-1", at(20), RunState.SUCCEEDED, 1, MINUTE));
        on(stream(21, 500.0, 1.0, 100, 100, 0));

        assertThat(told).hasSize(2);
        assertThat(((AnomalyClosed) told.getLast()).reason()).isEqualTo("the run is over: succeeded");
        assertThat(detector.board().migrations()).isEmpty();
        assertThat(detector.board().closed()).hasSize(1);
    }

    @Test
    void saysNothingWhileAMigrationIsUnderMaintenance() {
        detector.adopt(settings(List.of(new Maintenance("shop", at(0), at(60), "an index is built"))));
        for (int s = 0; s < 60; s++) {
            on(stream(s, 400.0, null, 100, 100, 0));
        }
        assertThat(told).isEmpty();

        for (int s = 60; s < 120; s++) {
            on(stream(s, 400.0, null, 100, 100, 0));
        }
        assertThat(opened("high_lag").severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void goesOnAfterARestartAsIfThereHadBeenNone() {
        lagsBehind();
        List<AnomalyEvent> topic = List.copyOf(told);
        told.clear();
        detector = new Detector(settings());

        detector.resume(topic, at(10));
        for (int s = 0; s < 10; s++) {
            told.addAll(detector.on(stream(s, 73.0, null, 100, 100, 0), at(s), false));
        }
        for (int s = 10; s < 15; s++) {
            on(stream(s, 73.0, null, 100, 100, 0));
        }
        assertThat(told).as("nothing is opened twice").isEmpty();

        on(stream(15, 400.0, null, 100, 100, 0));
        for (int s = 16; s < 40; s++) {
            on(stream(s, 1.0, null, 100, 100, 0));
        }

        assertThat(told).hasSize(2);
        assertThat(((AnomalyUpdated) told.getFirst()).anomaly().id())
                .isEqualTo(((AnomalyOpened) topic.getFirst()).anomaly().id());
        assertThat(told.getLast()).isInstanceOf(AnomalyClosed.class);
    }

    @Test
    void closesWhatAnEarlierProcessLeftOpenOfARunThatEndedMeanwhile() {
        lagsBehind();
        List<AnomalyEvent> topic = List.copyOf(told);
        told.clear();
        detector = new Detector(settings());

        detector.resume(topic, at(100));
        RunFinished end = new RunFinished("shop", "run-1", at(20), RunState.CANCELLED, 1, MINUTE);
        told.addAll(detector.on(end, at(20), false));
        assertThat(told).isEmpty();
        told.addAll(detector.tick(at(100)));

        assertThat(told).hasSize(1).first().isInstanceOf(AnomalyClosed.class);
    }

    @Test
    void doesNotTakeItsOwnRestartForTheEndOfASilence() {
        on(stream(0, 1.0, 1.0, 10, 10, 0));
        told.addAll(detector.tick(at(70)));
        List<AnomalyEvent> topic = List.copyOf(told);
        assertThat(opened("stalled").series()).isEqualTo("lag_samples");
        told.clear();
        detector = new Detector(settings());

        detector.resume(topic, at(2000));
        for (int s = 2000; s < 2060; s++) {
            told.addAll(detector.tick(at(s)));
        }
        assertThat(told).noneMatch(AnomalyClosed.class::isInstance);

        on(stream(2061, 1.0, 1.0, 10, 10, 0));
        told.addAll(detector.tick(at(2061)));
        on(stream(2071, 1.0, 1.0, 10, 10, 0));
        told.addAll(detector.tick(at(2072)));

        assertThat(told.getLast()).isInstanceOf(AnomalyClosed.class);
    }

    private void lagsBehind() {
        for (int s = 0; s < 10; s++) {
            on(stream(s, 73.0, null, 100, 100, 0));
        }
        assertThat(opened("high_lag")).isNotNull();
    }

    private void on(ProgressEvent event) {
        told.addAll(detector.on(event, event.at(), true));
    }

    private void on(LagSample sample) {
        told.addAll(detector.on(sample, sample.at(), true));
    }

    private Anomaly opened(String rule) {
        return told.stream()
                .filter(AnomalyOpened.class::isInstance)
                .map(event -> ((AnomalyOpened) event).anomaly())
                .filter(anomaly -> anomaly.rule().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError(rule + " was not opened, but " + told));
    }

    private static Instant at(int second) {
        return T.plusSeconds(second);
    }

    private static LagSample stream(
            int second,
            @Nullable Double lag,
            @Nullable Double staleness,
            double arriving,
            double applied,
            long backlog) {
        long rows = applied > 0 ? second * 100L : 0;
        return Samples.pipeline(
                at(second), "one", PipelineState.STREAMING, lag, staleness, arriving, applied, backlog, 0, rows);
    }

    private static LagSample errors(int second, long errors, long rows) {
        return Samples.pipeline(at(second), "one", PipelineState.STREAMING, 1.0, 1.0, 1000, 980, 0, errors, rows);
    }

    private static DetectorSettings settings() {
        return settings(List.of());
    }

    private static DetectorSettings settings(List<Maintenance> maintenance) {
        return new DetectorSettings(
                List.of(
                        new LowThroughput(0.5, Duration.ofSeconds(15), Duration.ofSeconds(20), 500),
                        new HighErrorRate(0.01, Duration.ofSeconds(30), 3, Duration.ofSeconds(3)),
                        new HighLag(MINUTE, Duration.ofMinutes(5), Duration.ofSeconds(5), Duration.ofSeconds(20)),
                        new Stalled(MINUTE, Duration.ofSeconds(5))),
                List.of(new Silence(Sender.RUNNER, MINUTE), new Silence(Sender.PROCESSOR, MINUTE)),
                new Policy(Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(10), 1.25, Duration.ofMinutes(5)),
                Duration.ofSeconds(30),
                60,
                Duration.ofMinutes(10),
                1000,
                Duration.ofSeconds(10),
                Duration.ofHours(24),
                100,
                Sensitivity.BALANCED,
                maintenance);
    }
}
