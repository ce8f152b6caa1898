package io.flywatch.cdc.lag;

import io.flywatch.events.lag.PipelineState;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The state of a pipeline and why it is in it. A pipeline that stands still because nothing happens, because the target is slow,
 * because the target is gone or because the connector is gone is told apart, each by its own evidence.
 */
public record Verdict(PipelineState state, String reason) {

    private static final Duration AWAY_IS_STALLED = Duration.ofSeconds(30);
    private static final Duration HEARTBEAT_IS_LATE = Duration.ofSeconds(15);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final double BUSY = 0.8;

    /** A backlog of less than this, or than two seconds' work, is the ordinary flow. */
    private static final long SMALL_BACKLOG = 1_000;

    /** Decides. */
    public static Verdict of(Situation s) {
        if (s.broken() != null) {
            return new Verdict(PipelineState.BROKEN, s.broken());
        }
        if (s.away() != null) {
            return away(s, s.away());
        }
        if (s.partitions() == 0 || (s.rowsApplied() == 0 && !s.streaming() && s.backlog() == 0)) {
            return new Verdict(PipelineState.UNMEASURED, unmeasured(s));
        }
        if (!s.streaming() || s.snapshotBacklog()) {
            return new Verdict(PipelineState.SNAPSHOTTING, snapshotting(s));
        }
        return isBehind(s) ? behind(s) : flowing(s);
    }

    private static Verdict away(Situation s, String why) {
        boolean stalled = s.awayFor().compareTo(AWAY_IS_STALLED) >= 0;
        String reason = "The target has not taken writes for " + seconds(s.awayFor()) + ": " + why
                + ". It is tried again until it does; nothing is lost.";
        return new Verdict(stalled ? PipelineState.STALLED : PipelineState.THROTTLED, reason);
    }

    private static String unmeasured(Situation s) {
        return s.partitions() == 0
                ? "No topic of this pipeline is there yet, or another replica holds them all."
                : "Nothing has arrived yet.";
    }

    private static String snapshotting(Situation s) {
        return s.rowsApplied() + " rows so far, " + perSecond(s.appliedPerSecond()) + ", applied "
                + s.guarantee().text() + "." + (isThrottling(s) ? " The target sets the pace." : "");
    }

    private static boolean isBehind(Situation s) {
        return s.backlog() > Math.max(SMALL_BACKLOG, 2 * s.appliedPerSecond());
    }

    private static boolean isThrottling(Situation s) {
        return s.targetBusy() >= BUSY && isBehind(s);
    }

    private static Verdict behind(Situation s) {
        String numbers = s.backlog() + " records wait; " + perSecond(s.arrivingPerSecond()) + " arrive, "
                + perSecond(s.appliedPerSecond()) + " are applied. ";
        if (isThrottling(s)) {
            String busy = Math.round(s.targetBusy() * 100) + " % of the time goes into its writes.";
            return new Verdict(PipelineState.THROTTLED, numbers + "The target sets the pace: " + busy);
        }
        return new Verdict(PipelineState.CATCHING_UP, numbers + caughtUpIn(s));
    }

    private static String caughtUpIn(Situation s) {
        CatchUp catchUp = s.evidence().catchUp();
        String text = catchUp == null ? "how long it takes is not known yet" : catchUp.text();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static Verdict flowing(Situation s) {
        boolean quiet = s.sinceChange() == null || s.sinceChange().compareTo(QUIET) > 0;
        if (Boolean.FALSE.equals(s.evidence().connected()) && quiet) {
            return new Verdict(PipelineState.STALLED, Silence.notConnected(s));
        }
        String applied = "Changes are applied as they come, " + s.guarantee().text() + ".";
        if (!s.heartbeats()) {
            return new Verdict(PipelineState.STREAMING, quiet ? noHeartbeats(s) : applied);
        }
        if (isLate(s.heartbeatAge())) {
            return quiet ? Silence.verdict(s) : withoutHeartbeats(s, applied);
        }
        return quiet
                ? new Verdict(PipelineState.IDLE, "Nothing changes at the source; the heartbeats that arrive prove it.")
                : new Verdict(PipelineState.STREAMING, applied);
    }

    /** Changes come and heartbeats do not: either those are not written, or what comes is older than they are. */
    private static Verdict withoutHeartbeats(Situation s, String applied) {
        Duration newest = s.evidence().newestCommitAge();
        if (newest != null && isLate(newest)) {
            return new Verdict(
                    PipelineState.CATCHING_UP,
                    "What is applied now was committed " + seconds(newest)
                            + " ago and all of it has arrived: the connector works through a large transaction, or through what"
                            + " gathered in the source's log.");
        }
        return new Verdict(
                PipelineState.STREAMING, applied + " The heartbeat at the source has stopped" + Silence.age(s) + ".");
    }

    static boolean isLate(@Nullable Duration age) {
        return age == null || age.compareTo(HEARTBEAT_IS_LATE) > 0;
    }

    private static String noHeartbeats(Situation s) {
        String since = s.sinceChange() == null ? "" : " for " + seconds(s.sinceChange());
        return "No change has come" + since
                + ", and without a heartbeat an idle source looks like a stopped connector.";
    }

    static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }

    private static String perSecond(double rate) {
        return String.format(Locale.ROOT, "%.0f/s", rate);
    }
}
