package io.flywatch.anomaly.rule;

import io.flywatch.anomaly.rule.Judgement.Breach;
import io.flywatch.anomaly.rule.Judgement.Fine;
import io.flywatch.anomaly.rule.Judgement.Lingering;
import io.flywatch.anomaly.rule.Judgement.Unmeasured;
import io.flywatch.anomaly.series.Sighting;
import io.flywatch.events.anomaly.Severity;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A measure is over or under a bound. Where there are several series of the measure, say of tables, the worst one is judged.
 *
 * @param measure the series, or several of it with a part: {@code headroom} is also {@code headroom/kafka}
 * @param above whether over the bound is bad; else under it
 * @param warning the bound from which on it is a warning
 * @param critical the bound from which on it is critical; null if it never is
 * @param clears an episode that is open stays so until the value is on the good side of this; null if that is the bound itself
 * @param after how long it has to last
 * @param meaning what it means, for a person
 */
public record Threshold(
        RuleName name,
        String measure,
        boolean above,
        double warning,
        @Nullable Double critical,
        @Nullable Double clears,
        Duration after,
        String meaning)
        implements Rule {

    @Override
    public Judgement judge(Situation situation) {
        ToDoubleFunction<Sighting> badness = seen -> above ? seen.value() : -seen.value();
        Sighting worst = situation.sightings().values().stream()
                .filter(seen -> isOfMeasure(seen.series()))
                .max(Comparator.comparingDouble(badness))
                .orElse(null);
        if (worst == null) {
            return new Unmeasured(measure);
        }
        if (situation.phase() == Phase.RESTING) {
            return new Fine(measure, 0, "the run rests");
        }
        double value = worst.value();
        if (!isBeyond(value, warning) && clears != null && isBeyond(value, clears)) {
            return new Lingering(measure, score(value));
        }
        if (!isBeyond(value, warning)) {
            return new Fine(
                    measure,
                    score(value),
                    "on the right side of "
                            + Figures.value(warning, worst.meaning().unit()));
        }
        boolean severe = critical != null && isBeyond(value, critical);
        double bound = severe && critical != null ? critical : warning;
        String unit = worst.meaning().unit();
        String what = meaning + ": " + worst.series() + " is " + Figures.value(value, unit)
                + (above ? ", over " : ", under ") + Figures.value(bound, unit);
        return new Breach(
                measure, severe ? Severity.CRITICAL : Severity.WARNING, value, bound, unit, null, after, what, null);
    }

    private boolean isOfMeasure(String series) {
        return series.equals(measure) || series.startsWith(measure + "/");
    }

    private boolean isBeyond(double value, double bound) {
        return above ? value > bound : value < bound;
    }

    private double score(double value) {
        double most = 1;
        if (above) {
            return warning > 0 ? Math.min(most, Math.max(0, value / warning)) : 0;
        }
        return value > 0 ? Math.min(most, warning / value) : 0;
    }
}
