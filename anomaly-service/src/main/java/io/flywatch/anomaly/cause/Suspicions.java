package io.flywatch.anomaly.cause;

import io.flywatch.anomaly.rule.Situation;
import io.flywatch.events.anomaly.Anomaly.LikelyCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What speaks for each suspect, over time: not every sample holds every sign (a target that commits nothing has no time of commit), so
 * that each sign is remembered and loses half of its strength in {@link #HALF_LIFE_SECONDS} seconds.
 */
public final class Suspicions {

    static final double HALF_LIFE_SECONDS = 10;
    private static final double FAINT = 0.5;
    private static final int MOST = 4;

    private final Map<CauseKind, Seen> seen = new EnumMap<>(CauseKind.class);

    /** Takes what a moment shows. */
    public void look(Situation situation) {
        for (Suspect suspect : Causes.of(situation)) {
            Seen known = seen.get(suspect.kind());
            if (known == null || suspect.strength() >= known.strengthAt(situation.now())) {
                seen.put(suspect.kind(), new Seen(suspect, situation.now()));
            }
        }
    }

    /** Another regime began: what was seen before says nothing any more. */
    public void forget() {
        seen.clear();
    }

    /** The likely causes, the likeliest first, with their share of all that speaks for any. */
    public List<LikelyCause> ranked(Instant now) {
        seen.values().removeIf(it -> it.strengthAt(now) < FAINT);
        double all =
                1 + seen.values().stream().mapToDouble(it -> it.strengthAt(now)).sum();
        return seen.values().stream()
                .sorted(Comparator.comparingDouble((Seen it) -> it.strengthAt(now))
                        .reversed())
                .limit(MOST)
                .map(it -> new LikelyCause(
                        it.suspect().kind().id(),
                        Math.round(100 * it.strengthAt(now) / all) / 100.0,
                        it.suspect().evidence()))
                .toList();
    }

    /** The likeliest cause and what else changed at the same time, in one sentence; null where nothing is plain. */
    public static @Nullable String told(List<LikelyCause> causes, Situation situation) {
        String together = Together.of(situation.sightings().values());
        if (causes.isEmpty()) {
            return together == null ? null : "not plain; changed together: " + together;
        }
        String cause = causes.getFirst().evidence();
        return together == null ? cause : cause + "; changed together: " + together;
    }

    private record Seen(Suspect suspect, Instant at) {
        double strengthAt(Instant now) {
            double seconds = Math.max(0, Duration.between(at, now).toMillis() / 1e3);
            return suspect.strength() * Math.pow(0.5, seconds / HALF_LIFE_SECONDS);
        }
    }
}
