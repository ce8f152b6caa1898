package io.flywatch.anomaly.rule;

import io.flywatch.anomaly.rule.Judgement.Breach;
import io.flywatch.anomaly.rule.Judgement.Fine;
import io.flywatch.anomaly.rule.Judgement.Unmeasured;
import io.flywatch.anomaly.series.LagView;
import io.flywatch.events.anomaly.Severity;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.TableProgress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Rows come at less than a share of the expected rate. While rows are worked off, the expectation is the one in the samples; in
 * streaming it is what arrives, while the backlog grows: a source at which nothing happens expects nothing.
 *
 * @param share of the expected rate, 0 to 1
 * @param after how long it has to last
 * @param warmUp how long after a start, a new step or a pause nothing is said
 * @param minBacklog in streaming, backlogs up to this many records don't matter
 */
public record LowThroughput(double share, Duration after, Duration warmUp, long minBacklog) implements Rule {

    private static final String SERIES = "rows_per_second";
    private static final String UNIT = "rows/s";
    private static final double SECONDS_TO_THE_END = 3;

    @Override
    public RuleName name() {
        return RuleName.LOW_THROUGHPUT;
    }

    @Override
    public Judgement judge(Situation situation) {
        if (situation.phase() != Phase.RESTING && situation.youngerThan(warmUp)) {
            return new Fine(SERIES, 0, "just started");
        }
        return switch (situation.phase()) {
            case RESTING -> new Fine(SERIES, 0, "the run rests");
            case WORKING -> working(situation.progress());
            case STREAMING -> streaming(situation.lag(), situation.trends());
        };
    }

    private Judgement working(@Nullable ProgressSample progress) {
        Double expected = progress == null ? null : progress.expectedRowsPerSecond();
        if (progress == null || expected == null || expected <= 0) {
            return new Unmeasured(SERIES);
        }
        if (nearlyDone(progress, expected)) {
            return new Fine(SERIES, 0, "the rows are nearly done");
        }
        double limit = share * expected;
        double rate = progress.rowsPerSecond();
        if (rate >= limit) {
            return new Fine(SERIES, limit / rate, "fast enough");
        }
        String what = Figures.perSecond(rate) + ", under " + Figures.perSecond(limit) + " (" + Figures.percent(share)
                + " of the expected " + Figures.perSecond(expected) + ")";
        return new Breach(SERIES, Severity.WARNING, rate, limit, UNIT, null, after, what, null);
    }

    private static boolean nearlyDone(ProgressSample progress, double expected) {
        if (!progress.tables().isEmpty() && progress.tables().stream().allMatch(TableProgress::done)) {
            return true;
        }
        Long total = progress.rowsTotal();
        return total != null && total - progress.rowsDone() <= expected * SECONDS_TO_THE_END;
    }

    private Judgement streaming(@Nullable LagView lag, Trends trends) {
        if (lag == null) {
            return new Unmeasured(SERIES);
        }
        Double growth = trends.backlogGrowth();
        double limit = share * lag.arrivingPerSecond();
        double applied = lag.appliedPerSecond();
        if (growth == null || growth <= 0 || lag.backlog() <= minBacklog || applied >= limit) {
            return new Fine(SERIES, applied > 0 ? limit / applied : 0, "no growing backlog");
        }
        String what = "only " + Figures.perSecond(applied) + " are applied of "
                + Figures.perSecond(lag.arrivingPerSecond()) + " that arrive, under " + Figures.percent(share);
        String detail = "backlog " + Figures.count(lag.backlog()) + " and growing";
        return new Breach(SERIES, Severity.WARNING, applied, limit, UNIT, null, after, what, detail);
    }
}
