package io.flywatch.anomaly.rule;

import io.flywatch.anomaly.rule.Judgement.Breach;
import io.flywatch.anomaly.rule.Judgement.Fine;
import io.flywatch.anomaly.rule.Judgement.Unmeasured;
import io.flywatch.anomaly.series.LagView;
import io.flywatch.events.anomaly.Severity;
import io.flywatch.events.lag.PipelineState;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.TableProgress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * No progress at all. Where rows are worked off: none moved for the given time though some are left. In streaming: records wait and
 * none is applied; or nothing arrives, heartbeats neither, so that staleness grows beyond the time; or the processor says that it
 * can't go on. A source at which nothing happens is kept fresh by its heartbeats and never looks stalled.
 *
 * @param after how long nothing may move
 * @param brokenAfter how long a pipeline may be broken
 */
public record Stalled(Duration after, Duration brokenAfter) implements Rule {

    private static final String SERIES = "progress";

    @Override
    public RuleName name() {
        return RuleName.STALLED;
    }

    @Override
    public Judgement judge(Situation situation) {
        return switch (situation.phase()) {
            case RESTING -> new Fine(SERIES, 0, "the run rests");
            case WORKING -> working(situation);
            case STREAMING -> streaming(situation);
        };
    }

    private Judgement working(Situation situation) {
        ProgressSample progress = situation.progress();
        if (isBroken(situation.lag())) {
            return broken(situation, situation.lag());
        }
        if (progress == null) {
            return new Unmeasured(SERIES);
        }
        if (!rowsLeft(situation, progress)) {
            return new Fine(SERIES, 0, "no rows are left, or none are known to come");
        }
        Instant movedAt = situation.trends().movedAt();
        double still = still(movedAt, situation.now());
        String what = "no row moved for " + Figures.seconds(still) + ", limit " + Figures.seconds(after);
        return still <= Figures.inSeconds(after)
                ? fine(still, "rows move")
                : breach(still, movedAt, Duration.ZERO, what, "step " + progress.step() + ": " + progress.activity());
    }

    /** A step that counts no rows, such as making an index or registering a connector, may take its time; the runner bounds it. */
    private static boolean rowsLeft(Situation situation, ProgressSample progress) {
        if (!progress.tables().isEmpty()) {
            return !progress.tables().stream().allMatch(TableProgress::done);
        }
        Long total = progress.rowsTotal();
        return total == null ? situation.trends().everMoved() : progress.rowsDone() < total;
    }

    private Judgement streaming(Situation situation) {
        LagView lag = situation.lag();
        if (lag == null) {
            return new Unmeasured(SERIES);
        }
        if (isBroken(lag)) {
            return broken(situation, lag);
        }
        Instant waitingSince = situation.trends().waitingSince();
        if (waitingSince != null && still(waitingSince, situation.now()) > Figures.inSeconds(after)) {
            double still = still(waitingSince, situation.now());
            String what = Figures.count(lag.backlog()) + " records wait and none was applied for "
                    + Figures.seconds(still) + ", limit " + Figures.seconds(after);
            return breach(still, waitingSince, Duration.ZERO, what, lag.reason());
        }
        return staleness(situation, lag);
    }

    private Judgement staleness(Situation situation, LagView lag) {
        Double staleness = lag.stalenessSeconds();
        if (staleness == null) {
            return situation.trends().waitingSince() == null
                    ? new Unmeasured(SERIES)
                    : fine(0, "records have not waited for long");
        }
        double still = Math.min(staleness, still(situation.trends().movedAt(), situation.now()));
        if (lag.state() == PipelineState.IDLE || still <= Figures.inSeconds(after)) {
            return fine(still, "changes or heartbeats come through");
        }
        Instant since = situation.now().minusMillis(Math.round(still * 1000));
        String what = "nothing came through for " + Figures.seconds(still) + ", no heartbeat either, limit "
                + Figures.seconds(after);
        return breach(still, since, Duration.ZERO, what, null);
    }

    private static boolean isBroken(@Nullable LagView lag) {
        return lag != null && lag.state() == PipelineState.BROKEN;
    }

    private Judgement broken(Situation situation, @Nullable LagView lag) {
        double still = still(situation.trends().movedAt(), situation.now());
        String why = lag == null ? "" : ": " + lag.reason();
        double limit = Figures.inSeconds(brokenAfter);
        return new Breach(
                SERIES,
                Severity.CRITICAL,
                Math.max(still, limit),
                limit,
                "seconds",
                null,
                brokenAfter,
                "the pipeline can't go on by itself" + why,
                null);
    }

    private Fine fine(double still, String why) {
        return new Fine(SERIES, still / Figures.inSeconds(after), why);
    }

    private Breach breach(double still, Instant since, Duration opensAfter, String what, @Nullable String detail) {
        return new Breach(
                SERIES, Severity.CRITICAL, still, Figures.inSeconds(after), "seconds", since, opensAfter, what, detail);
    }

    private static double still(Instant since, Instant now) {
        return Math.max(0, Figures.inSeconds(Duration.between(since, now)));
    }
}
