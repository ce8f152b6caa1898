package io.flywatch.anomaly.cause;

import io.flywatch.anomaly.rule.Figures;
import io.flywatch.anomaly.series.Sighting;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What changed at the same time: the evidence beside a cause, the most unusual first. */
final class Together {

    private static final int MOST = 3;

    private Together() {}

    /** The series out of their range, of those that only explain; null if there are none. */
    static @Nullable String of(Collection<Sighting> sightings) {
        String told = sightings.stream()
                .filter(seen -> seen.isUnusual() && !seen.meaning().watched())
                .sorted(Comparator.comparingDouble(Together::distance).reversed())
                .limit(MOST)
                .map(Together::told)
                .collect(Collectors.joining(", "));
        return told.isEmpty() ? null : told;
    }

    /** How many half bands a value is off. */
    private static double distance(Sighting seen) {
        double half = (seen.reading().upper() - seen.reading().lower()) / 2;
        double off = Math.abs(seen.value() - seen.reading().expected());
        return half > 0 ? off / half : 0;
    }

    private static String told(Sighting seen) {
        String unit = seen.meaning().unit();
        return seen.series() + " " + Figures.value(seen.value(), unit) + " (expected "
                + Figures.value(seen.reading().expected(), unit) + ")";
    }
}
