package io.flywatch.events;

import io.flywatch.events.alert.AlertAcknowledged;
import io.flywatch.events.alert.AlertFired;
import io.flywatch.events.alert.AlertHeld;
import io.flywatch.events.alert.AlertResolved;
import io.flywatch.events.alert.AlertSilenced;
import io.flywatch.events.alert.NoticeDelivered;
import io.flywatch.events.alert.NoticeFailed;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.AnomalyUpdated;
import io.flywatch.events.anomaly.Severity;
import io.flywatch.events.command.CancelVerification;
import io.flywatch.events.command.StartRun;
import io.flywatch.events.command.StartVerification;
import io.flywatch.events.lag.LagSample;
import io.flywatch.events.lag.LagSample.StageLag;
import io.flywatch.events.lag.LagSample.TableLag;
import io.flywatch.events.lag.PipelineState;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.events.progress.ConnectorRestarted;
import io.flywatch.events.progress.Eta;
import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunFailed;
import io.flywatch.events.progress.RunFinished;
import io.flywatch.events.progress.RunPaused;
import io.flywatch.events.progress.RunResumed;
import io.flywatch.events.progress.RunRetried;
import io.flywatch.events.progress.RunRolledBack;
import io.flywatch.events.progress.RunSkipped;
import io.flywatch.events.progress.RunStarted;
import io.flywatch.events.progress.RunState;
import io.flywatch.events.progress.ServerSight;
import io.flywatch.events.progress.StepFinished;
import io.flywatch.events.progress.StepStarted;
import io.flywatch.events.progress.TableProgress;
import io.flywatch.events.verification.Outcome;
import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.events.verification.VerificationFinished.TableResult;
import io.flywatch.events.verification.VerificationOutdated;
import io.flywatch.events.verification.VerificationProgress;
import io.flywatch.events.verification.VerificationStarted;
import io.flywatch.events.watch.RunWatched;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One example of each event. */
final class Examples {
    private static final Instant AT = Instant.parse("2026-11-22T21:30:00.123456Z");
    private static final LagSample.Spread SPREAD = new LagSample.Spread(0.03, 0.15, 0.31, 9_412);
    private static final String ID = "shop";
    private static final String RUN = "4f7c2a9e-5d0b-4b6c-9a2e-0c1d2e3f4a5b";
    private static final Eta ETA = new Eta(Duration.ofSeconds(40), Duration.ofSeconds(50), Duration.ofSeconds(75));
    private static final Anomaly LAGGING = new Anomaly(
            "9b1f",
            "high_lag",
            "lag",
            Severity.CRITICAL,
            312.5,
            300,
            "seconds",
            AT,
            330,
            "shop: lag is 312 s, over 300 s, since 21:30:00",
            "the target takes 95 % of the time",
            new Anomaly.Expectation(1.5, 0, 4.5, 2_400, 600.0),
            List.of(new Anomaly.LikelyCause("target_slow", 0.9, "the target takes 95 % of the time")));

    static final List<FlywatchEvent> ALL = List.of(
            new RunStarted(ID, RUN, AT, MigrationKind.REPLICATION, "rest", List.of("snapshot", "stream")),
            new StepStarted(ID, RUN, AT, "snapshot", 1, 2),
            new StepFinished(ID, RUN, AT, "snapshot", 1, 212_000, Duration.ofMillis(41_250)),
            new RunPaused(ID, RUN, AT, "asked by an operator"),
            new RunResumed(ID, RUN, AT, "the runner was restarted"),
            new RunFinished(ID, RUN, AT, RunState.SUCCEEDED, 212_000, Duration.ofMinutes(7)),
            new RunFailed(
                    ID,
                    RUN,
                    AT,
                    "2 update of orders",
                    "refused",
                    "no answer",
                    Duration.ofSeconds(3),
                    "_id 1 to 1000",
                    "11000 DuplicateKey"),
            new RunRetried(ID, RUN, AT, 2, "asked by anna"),
            new RunRolledBack(ID, RUN, AT, "a run"),
            new RunSkipped(ID, null, AT, AT, "run 1 is active"),
            new ConnectorRestarted(ID, RUN, AT, 1, "connection refused"),
            new ProgressSample(
                    ID,
                    RUN,
                    AT,
                    RunState.RUNNING,
                    "snapshot",
                    "reading public.orders",
                    100_000,
                    212_000L,
                    "counted",
                    5_000,
                    5_200.0,
                    1,
                    0.0001,
                    ETA,
                    List.of(new TableProgress("public.orders", 100_000, 212_000L, 5_000, ETA, false)),
                    new ServerSight(
                            "CREATE INDEX on public.orders: building index: scanning table",
                            1_200L,
                            4_800L,
                            "blocks",
                            2,
                            7.5,
                            5.0,
                            "session 4711 of 'reports' by an AccessShareLock on public.orders")),
            new PipelineDeclared(
                    ID,
                    RUN,
                    AT,
                    "source",
                    "target",
                    "shop",
                    List.of(new TableRoute("public.orders", "orders", List.of("id"))),
                    "flywatch.heartbeat"),
            new LagSample(
                    ID,
                    RUN,
                    AT,
                    "processor-1",
                    PipelineState.STREAMING,
                    "changes are applied as they come",
                    0.12,
                    0.4,
                    -0.002,
                    150,
                    149.5,
                    12,
                    1,
                    1,
                    new StageLag(0.05, 0.01, 0.06),
                    List.of(new TableLag("public.orders", "orders", 100_000, 1_200, 149.5, 0.12, 12, 1, 1)),
                    new LagSample.Vitals(
                            0.9,
                            List.of(new LagSample.Headroom(
                                    "source_log", 86_400.0, false, "the slot keeps 1 GiB of WAL")),
                            new LagSample.CatchUp(2.0, 3.0, null),
                            1,
                            0),
                    new LagSample.Share(
                            List.of(
                                    new LagSample.Holding("public.orders", 0, 12),
                                    new LagSample.Holding("flywatch.heartbeat", 0, 0)),
                            SPREAD,
                            new LagSample.Lately(SPREAD, SPREAD, SPREAD, SPREAD))),
            new AnomalyOpened(ID, RUN, AT, LAGGING),
            new AnomalyUpdated(ID, RUN, AT, LAGGING),
            new AnomalyClosed(ID, RUN, AT, LAGGING, "back in range"),
            new RunWatched(ID, RUN, AT, AT.minusMillis(400)),
            new AlertFired(ID, RUN, AT, "c0ffee", "high_lag", Severity.CRITICAL, "shop: lag is 312 s"),
            new AlertHeld(ID, RUN, AT, "c0ffee", "high_lag", "inhibited", "the connector is stopped"),
            new AlertSilenced(ID, RUN, AT, "c0ffee", "high_lag", "4711", "kim", "maintenance", AT.plusSeconds(3600)),
            new AlertAcknowledged(ID, RUN, AT, "c0ffee", "high_lag", "kim", "looking", false),
            new AlertResolved(ID, RUN, AT, "c0ffee", "high_lag", "back in range"),
            new NoticeDelivered(ID, RUN, AT, "c0ffee", "high_lag", "slack", NoticeKind.FIRING, "ok"),
            new NoticeFailed(ID, RUN, AT, "c0ffee", "high_lag", "slack", NoticeKind.RESOLVED, "invalid_token"),
            new VerificationStarted(ID, RUN, AT, "v1", List.of("public.orders"), true),
            new VerificationProgress(ID, RUN, AT, "v1", 100_000, 212_000L, 50_000, 0, 1, 3, 1, ETA),
            new VerificationFinished(
                    ID,
                    RUN,
                    AT,
                    "v1",
                    AT.minusSeconds(5),
                    Outcome.MISMATCHED,
                    "1 row differs",
                    true,
                    212_000,
                    0,
                    0,
                    1,
                    0,
                    List.of(new TableResult("public.orders", "orders", 212_000, 0, 0, 1, 0))),
            new VerificationOutdated(ID, RUN, AT, "v1", "public.orders got the column note"),
            new StartRun(ID, null, AT, "nightly-2026-11-22"),
            new StartVerification(ID, RUN, AT, "v1", List.of("public.orders"), 20_000, AT.minusSeconds(60)),
            new CancelVerification(ID, RUN, AT, "v1"));

    private Examples() {}
}
