package io.flywatch.anomaly.rule;

import io.flywatch.anomaly.rule.Judgement.Breach;
import io.flywatch.anomaly.rule.Judgement.Fine;
import io.flywatch.anomaly.rule.Judgement.Unmeasured;
import io.flywatch.anomaly.series.LagView;
import io.flywatch.events.anomaly.Severity;
import java.time.Duration;

/**
 * Too large a share of the records of the last while can't be applied. A few errors among few records say nothing: the rule waits
 * for a least number of errors within its window.
 *
 * @param limit the share, 0 to 1
 * @param window over which errors and records are counted
 * @param minErrors fewer errors than this within the window are left alone
 * @param after how long it has to last
 */
public record HighErrorRate(double limit, Duration window, long minErrors, Duration after) implements Rule {

    private static final String SERIES = "error_rate";

    @Override
    public RuleName name() {
        return RuleName.HIGH_ERROR_RATE;
    }

    @Override
    public Judgement judge(Situation situation) {
        if (situation.phase() == Phase.RESTING) {
            return new Fine(SERIES, 0, "the run rests");
        }
        if (situation.progress() == null && situation.lag() == null) {
            return new Unmeasured(SERIES);
        }
        long errors = situation.trends().errors();
        double rate = rate(situation, errors);
        if (errors < minErrors) {
            return new Fine(SERIES, 0, "too few errors to say");
        }
        if (rate <= limit) {
            return new Fine(SERIES, rate / limit, "few errors");
        }
        String what = "error rate is " + Figures.percent(rate) + ", over " + Figures.percent(limit);
        return new Breach(
                SERIES, Severity.CRITICAL, rate, limit, "ratio", null, after, what, detail(situation, errors));
    }

    private static double rate(Situation situation, long errors) {
        long records = situation.trends().records();
        double counted = records <= 0 ? (errors > 0 ? 1 : 0) : Math.min(1, (double) errors / records);
        var progress = situation.progress();
        return situation.lag() != null || progress == null ? counted : progress.errorRate();
    }

    private String detail(Situation situation, long errors) {
        LagView lag = situation.lag();
        String count = Figures.count(errors) + " errors in " + Figures.seconds(window);
        return lag == null || lag.deadLetters() == 0
                ? count
                : count + ", " + Figures.count(lag.deadLetters()) + " dead letters in all";
    }
}
