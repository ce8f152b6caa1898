package io.flywatch.anomaly.rule;

import io.flywatch.anomaly.rule.Judgement.Breach;
import io.flywatch.anomaly.rule.Judgement.Fine;
import io.flywatch.anomaly.rule.Judgement.Unmeasured;
import io.flywatch.anomaly.series.LagView;
import io.flywatch.events.anomaly.Severity;
import java.time.Duration;

/**
 * Many times the usual number of changes arrives, though nothing was held up before: what gathered while a connector, the broker or
 * the run stood still is old when it comes, and is no burst.
 *
 * @param times how many times the usual rate is a burst
 * @param least arrivals per second up to this many are none
 * @param after how long it has to last
 * @param warmUp how long after a start, a new step or a pause nothing is said
 */
public record SourceBurst(double times, double least, Duration after, Duration warmUp) implements Rule {

    private static final String SERIES = "arriving";
    private static final double OLD_SECONDS = 5;

    @Override
    public RuleName name() {
        return RuleName.SOURCE_BURST;
    }

    @Override
    public Judgement judge(Situation situation) {
        LagView lag = situation.lag();
        Double usual = situation.trends().usualArriving();
        if (lag == null || usual == null) {
            return new Unmeasured(SERIES);
        }
        if (situation.phase() != Phase.STREAMING || situation.youngerThan(warmUp)) {
            return new Fine(SERIES, 0, "it says nothing in this phase");
        }
        double limit = Math.max(least, times * usual);
        double rate = lag.arrivingPerSecond();
        Double capture = lag.stages().capture();
        if (rate <= limit) {
            return new Fine(SERIES, rate / limit, "about as usual");
        }
        if (situation.trends().lagFalling() && capture != null && capture > OLD_SECONDS) {
            return new Fine(SERIES, 1, "what was held up is made up for");
        }
        String what = Figures.perSecond(rate) + " arrive, over " + Figures.perSecond(limit) + " (usual are "
                + Figures.perSecond(usual) + ")";
        return new Breach(SERIES, Severity.WARNING, rate, limit, "rows/s", null, after, what, null);
    }
}
