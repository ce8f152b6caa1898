package io.flywatch.cdc.lag;

import io.flywatch.events.lag.LagSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the replicas of the processor, ourselves among them, were last heard to say of one pipeline; thread-safe. Times are by a clock that is never set. */
public final class Heard {
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final String self;
    private final Map<String, At> latest = new LinkedHashMap<>();

    private record At(LagSample sample, long nanos) {
        private Told told(long now) {
            return new Told(sample, Duration.ofNanos(Math.max(0, now - nanos)));
        }
    }

    /** Nothing was heard yet by the replica of that name. */
    public Heard(String self) {
        this.self = self;
    }

    /** A sample came from Kafka. */
    public synchronized void add(LagSample sample, long nanos) {
        latest.put(sample.replica(), new At(sample, nanos));
    }

    /** What the others said, each replica's last word, by name; a replica that was silent for ten minutes is forgotten. */
    public synchronized List<Told> others(long now) {
        List<Told> others = new ArrayList<>();
        latest.values().stream()
                .filter(at -> !at.sample().replica().equals(self))
                .map(at -> at.told(now))
                .filter(told -> told.age().compareTo(FORGOTTEN) < 0)
                .sorted(Comparator.comparing(told -> told.sample().replica()))
                .forEach(others::add);
        latest.values()
                .removeIf(at -> !at.sample().replica().equals(self)
                        && at.told(now).age().compareTo(FORGOTTEN) >= 0);
        return others;
    }

    /** Whether we hear at all: ourselves, if nobody else. Who does not can't say what others hold. */
    public synchronized boolean isListening(long now) {
        return latest.values().stream().anyMatch(at -> !at.told(now).isSilent());
    }
}
