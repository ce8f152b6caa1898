package io.flywatch.anomaly.rule;

import io.flywatch.anomaly.rule.Judgement.Breach;
import io.flywatch.anomaly.rule.Judgement.Fine;
import io.flywatch.anomaly.rule.Judgement.Unmeasured;
import io.flywatch.anomaly.series.Sighting;
import io.flywatch.events.anomaly.Severity;
import java.time.Duration;

/**
 * A time that should be near nothing, such as staleness or a heartbeat's age, is well beyond what it was of late. Such a time grows by a
 * second each second when something stops: there is nothing to be learned of its course, only to be counted how far it is.
 *
 * @param series the series as events name it
 * @param after how long it has to last
 * @param settling how long after a start, a new step, a pause or a restart nothing is said while it falls
 */
public record Beyond(String series, Duration after, Duration settling) implements Rule {

    private static final String LEADING = "behind";

    @Override
    public RuleName name() {
        return RuleName.UNUSUAL;
    }

    @Override
    public Judgement judge(Situation situation) {
        Sighting seen = situation.sightings().get(series);
        Double limit = situation.trends().signs().ceilings().get(series);
        if (seen == null || limit == null) {
            return new Unmeasured(series);
        }
        if (situation.phase() != Phase.STREAMING) {
            return new Fine(series, 0, "it says nothing in this phase");
        }
        double value = seen.value();
        if (value <= limit) {
            return new Fine(series, Math.max(0, value / limit), "about as usual");
        }
        if (situation.youngerThan(settling) || !situation.trends().lagSettled()) {
            return new Fine(series, 1, "what the snapshot, pause or restart left behind is being worked off");
        }
        if (!series.equals(LEADING) && isOver(situation, LEADING)) {
            return new Fine(series, 1, LEADING + " tells of it");
        }
        String what = series + " is " + Figures.seconds(value) + ", over " + Figures.seconds(limit)
                + ", twice what is usual of late";
        return new Breach(series, Severity.WARNING, value, limit, "seconds", null, after, what, null);
    }

    private static boolean isOver(Situation situation, String series) {
        Sighting seen = situation.sightings().get(series);
        Double limit = situation.trends().signs().ceilings().get(series);
        return seen != null && limit != null && seen.value() > limit;
    }
}
