package io.flywatch.cdc.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.apply.Guarantee;
import io.flywatch.events.lag.PipelineState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Things that look alike from afar are told apart. */
class VerdictTest {
    private @Nullable String broken;
    private @Nullable String away;
    private Duration awayFor = Duration.ZERO;
    private int partitions = 2;
    private long rows = 1_000;
    private boolean streaming = true;
    private boolean snapshotBacklog;
    private long backlog;
    private double arriving = 100;
    private double applied = 100;
    private double busy = 0.1;
    private @Nullable Duration sinceChange = Duration.ofSeconds(1);
    private boolean heartbeats = true;
    private @Nullable Duration heartbeatAge = Duration.ofSeconds(1);

    private Evidence evidence = Evidence.NONE;

    private Verdict verdict() {
        return Verdict.of(new Situation(
                broken,
                away,
                awayFor,
                partitions,
                rows,
                streaming,
                snapshotBacklog,
                backlog,
                arriving,
                applied,
                busy,
                sinceChange,
                heartbeats,
                heartbeatAge,
                Guarantee.EXACTLY_ONCE,
                evidence));
    }

    private void is(PipelineState state, String reason) {
        assertThat(verdict().state()).isEqualTo(state);
        assertThat(verdict().reason()).contains(reason);
    }

    @Test
    void streamsWhileChangesFlow() {
        is(PipelineState.STREAMING, "exactly once");
    }

    @Test
    void isIdleIfHeartbeatsProveThatNothingChanges() {
        sinceChange = Duration.ofDays(1);

        is(PipelineState.IDLE, "prove");
    }

    @Test
    void isStalledIfNeitherChangesNorHeartbeatsArrive() {
        sinceChange = Duration.ofSeconds(40);
        heartbeatAge = Duration.ofSeconds(40);

        is(PipelineState.STALLED, "the connector does not run");
    }

    @Test
    void tellsAStoppedHeartbeatFromAStoppedConnector() {
        heartbeatAge = Duration.ofSeconds(40);

        is(PipelineState.STREAMING, "heartbeat at the source has stopped");
    }

    @Test
    void tellsAStoppedConnectorByItsSlot() {
        sinceChange = Duration.ofSeconds(40);
        heartbeatAge = Duration.ofSeconds(40);
        evidence = new Evidence(null, false, false, Duration.ofSeconds(40), null);

        is(PipelineState.STALLED, "nobody reads the pipeline's replication slot");
    }

    @Test
    void tellsAStoppedHeartbeatWriterWhileNothingElseHappens() {
        sinceChange = Duration.ofSeconds(40);
        heartbeatAge = Duration.ofSeconds(40);
        evidence = new Evidence(null, true, false, Duration.ofSeconds(40), null);

        is(PipelineState.STREAMING, "The heartbeat at the source has stopped");
    }

    @Test
    void tellsAConnectorThatHandsNothingOn() {
        sinceChange = Duration.ofSeconds(40);
        heartbeatAge = Duration.ofSeconds(40);
        evidence = new Evidence(null, true, false, Duration.ofSeconds(1), null);

        is(PipelineState.STALLED, "do not arrive");
    }

    @Test
    void tellsAHugeTransactionThatTheSourceStillDecodes() {
        sinceChange = Duration.ofSeconds(40);
        heartbeatAge = Duration.ofSeconds(40);
        evidence = new Evidence(null, true, true, Duration.ofSeconds(1), null);

        is(PipelineState.CATCHING_UP, "decodes a large transaction");
    }

    @Test
    void tellsAHugeTransactionThatIsBeingAppliedFromAStoppedHeartbeat() {
        heartbeatAge = Duration.ofSeconds(40);
        evidence = new Evidence(Duration.ofSeconds(39), true, false, Duration.ofSeconds(1), null);

        is(PipelineState.CATCHING_UP, "works through a large transaction");
    }

    @Test
    void doesNotCallIdlenessProvedWithoutHeartbeats() {
        heartbeats = false;
        heartbeatAge = null;
        sinceChange = Duration.ofHours(1);

        is(PipelineState.STREAMING, "an idle source looks like a stopped connector");
    }

    @Test
    void isThrottledWhileTheTargetSetsThePace() {
        backlog = 50_000;
        busy = 0.97;

        is(PipelineState.THROTTLED, "97 %");
    }

    @Test
    void catchesUpAndSaysWhen() {
        backlog = 50_000;
        evidence = new Evidence(null, null, false, null, new CatchUp(80.0, 100.0, null));

        is(
                PipelineState.CATCHING_UP,
                "Caught up in about 1 min 40 s (1 min 20 s to never, at the worst of the recent paces)");
    }

    @Test
    void saysThatItNeverCatchesUp() {
        backlog = 50_000;
        evidence = new Evidence(null, null, false, null, new CatchUp(null, null, null));

        is(PipelineState.CATCHING_UP, "At this pace never caught up");
    }

    @Test
    void isThrottledAndThenStalledWhileTheTargetIsAway() {
        away = "it does not answer";
        awayFor = Duration.ofSeconds(5);
        is(PipelineState.THROTTLED, "it does not answer");

        awayFor = Duration.ofSeconds(31);
        is(PipelineState.STALLED, "for 31 s");
    }

    @Test
    void isSnapshottingUntilAChangeCameThrough() {
        streaming = false;

        is(PipelineState.SNAPSHOTTING, "1000 rows so far");
    }

    @Test
    void isSnapshottingWhileRowsOfTheSnapshotWaitThoughHeartbeatsCome() {
        snapshotBacklog = true;

        is(PipelineState.SNAPSHOTTING, "rows so far");
    }

    @Test
    void isUnmeasuredBeforeAnythingArrived() {
        rows = 0;
        streaming = false;

        is(PipelineState.UNMEASURED, "Nothing has arrived yet");
    }

    @Test
    void isBrokenBeforeAllElse() {
        broken = "the topic was made anew";
        away = "it does not answer";

        is(PipelineState.BROKEN, "made anew");
    }
}
