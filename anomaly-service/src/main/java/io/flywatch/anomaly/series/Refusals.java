package io.flywatch.anomaly.series;

import io.flywatch.anomaly.score.Intake.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many points could not be taken, by the reason. One counts, any may look. */
public final class Refusals {

    private final Map<Verdict, LongAdder> counts = new EnumMap<>(Verdict.class);

    /** None yet. */
    public Refusals() {
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict, new LongAdder());
        }
    }

    void add(Verdict verdict) {
        of(verdict).increment();
    }

    /** How many were refused for that reason. */
    public long count(Verdict verdict) {
        return of(verdict).sum();
    }

    private LongAdder of(Verdict verdict) {
        return counts.computeIfAbsent(verdict, key -> new LongAdder());
    }
}
