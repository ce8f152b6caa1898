package io.flywatch.anomaly.rule;

import io.flywatch.anomaly.rule.Judgement.Breach;
import io.flywatch.anomaly.rule.Judgement.Fine;
import io.flywatch.anomaly.rule.Judgement.Unmeasured;
import io.flywatch.anomaly.score.Channel;
import io.flywatch.anomaly.score.Reading;
import io.flywatch.anomaly.series.Sighting;
import io.flywatch.events.anomaly.Severity;
import java.time.Duration;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A series that matters left the range that its own past makes one expect, though no threshold may have been passed: the spike and
 * novelty channels.
 *
 * @param series the series as events name it, or what stands before the parts of several
 * @param threshold the score from which on it is told
 * @param after how long it has to last
 * @param during the only phase in which it says anything; null if it always does
 */
public record Unusual(
        String series,
        double threshold,
        Duration after,
        @Nullable Phase during) implements Rule {

    @Override
    public RuleName name() {
        return RuleName.UNUSUAL;
    }

    @Override
    public Judgement judge(Situation situation) {
        Sighting seen = worst(situation);
        if (seen == null) {
            return new Unmeasured(series);
        }
        if (situation.phase() == Phase.RESTING || during != null && during != situation.phase()) {
            return new Fine(series, 0, "it says nothing in this phase");
        }
        if (during == Phase.STREAMING && !situation.trends().lagSettled()) {
            return new Fine(series, 0, "what the snapshot or pause left behind is being worked off");
        }
        if (!seen.isUnusual()) {
            return new Fine(series, seen.reading().score() / threshold, "as usual");
        }
        Reading reading = seen.reading();
        double limit = seen.value() > reading.expected() ? reading.upper() : reading.lower();
        return new Breach(
                series,
                Severity.WARNING,
                seen.value(),
                limit,
                seen.meaning().unit(),
                seen.unusualSince(),
                after,
                what(seen, reading),
                detail(reading));
    }

    /** Of several parts of a series, the one that is furthest out of its range. */
    private @Nullable Sighting worst(Situation situation) {
        Sighting whole = situation.sightings().get(series);
        return whole != null
                ? whole
                : situation.sightings().values().stream()
                        .filter(seen -> seen.series().startsWith(series + "/"))
                        .max(Comparator.comparing(Sighting::isUnusual)
                                .thenComparing(seen -> seen.reading().score()))
                        .orElse(null);
    }

    private static String what(Sighting seen, Reading reading) {
        String unit = seen.meaning().unit();
        return seen.series() + " is " + Figures.value(seen.value(), unit) + ", expected "
                + Figures.value(reading.expected(), unit) + " (" + Figures.value(Math.max(0, reading.lower()), unit)
                + " to "
                + Figures.value(reading.upper(), unit) + ")";
    }

    private static String detail(Reading reading) {
        Channel channel = reading.channel();
        String rarity = reading.oneIn() >= 2
                ? "one in " + Figures.count(Math.round(reading.oneIn())) + " samples"
                : "still out of range";
        return channel == null
                ? rarity + (reading.spike() > 0 ? ", a spike" : "")
                : rarity + ", " + channel.words() + ", the most extreme of " + Figures.count(reading.highestInPoints())
                        + " samples";
    }
}
