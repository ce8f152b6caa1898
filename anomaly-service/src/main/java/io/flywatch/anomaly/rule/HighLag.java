package io.flywatch.anomaly.rule;

import io.flywatch.anomaly.rule.Judgement.Breach;
import io.flywatch.anomaly.rule.Judgement.Fine;
import io.flywatch.anomaly.rule.Judgement.Unmeasured;
import io.flywatch.anomaly.series.LagView;
import io.flywatch.events.anomaly.Severity;
import io.flywatch.events.lag.LagSample.TableLag;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The target is too far behind the source: the greater of lag and staleness, as either alone can hide the other (a stream that stands
 * still has no lag, one that moves slowly is hardly stale). What has not been measured is not counted. The lag that a snapshot or a
 * pause leaves behind is expected: until it was once worked off, it is told only when it no longer falls.
 *
 * @param warning over this, a warning
 * @param critical over this, critical
 * @param after how long it has to last
 * @param warmUp how long after a start, a new step or a pause nothing is said
 */
public record HighLag(Duration warning, Duration critical, Duration after, Duration warmUp) implements Rule {

    private static final String SERIES = "lag";

    @Override
    public RuleName name() {
        return RuleName.HIGH_LAG;
    }

    @Override
    public Judgement judge(Situation situation) {
        LagView lag = situation.lag();
        if (situation.phase() != Phase.STREAMING) {
            return new Fine(SERIES, 0, "nothing is streamed");
        }
        if (lag == null || (lag.lagSeconds() == null && lag.stalenessSeconds() == null)) {
            return new Unmeasured(SERIES);
        }
        double seconds = Math.max(orNothing(lag.lagSeconds()), orNothing(lag.stalenessSeconds()));
        double score = seconds / Figures.inSeconds(warning);
        if (score <= 1) {
            return new Fine(SERIES, score, "close enough");
        }
        if (!situation.trends().lagSettled()
                && (situation.youngerThan(warmUp) || situation.trends().lagFalling())) {
            return new Fine(SERIES, score, "what the snapshot or pause left behind is being worked off");
        }
        return breach(lag, seconds);
    }

    private Breach breach(LagView lag, double seconds) {
        boolean severe = seconds > Figures.inSeconds(critical);
        Duration limit = severe ? critical : warning;
        boolean stale = orNothing(lag.stalenessSeconds()) > orNothing(lag.lagSeconds());
        String what =
                (stale ? "staleness is " : "lag is ") + Figures.seconds(seconds) + ", over " + Figures.seconds(limit);
        TableLag worst = lag.worstTable();
        return new Breach(
                SERIES,
                severe ? Severity.CRITICAL : Severity.WARNING,
                seconds,
                Figures.inSeconds(limit),
                "seconds",
                null,
                after,
                what,
                worst == null || stale ? null : worst.source() + " worst");
    }

    private static double orNothing(@Nullable Double seconds) {
        return Objects.requireNonNullElse(seconds, 0.0);
    }
}
