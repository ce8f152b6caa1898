package io.flywatch.anomaly.detect;

import io.flywatch.anomaly.series.LagView;
import io.flywatch.events.lag.LagSample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The replicas of the processor that speak of one pipeline, and what they say together. */
final class Pipeline {

    private final Duration forgetAfter;
    private final Map<String, LagSample> replicas = new HashMap<>();
    private @Nullable LagView view;

    /** A replica that is silent for {@code forgetAfter} while others speak no longer counts: they hold its partitions now. */
    Pipeline(Duration forgetAfter) {
        this.forgetAfter = forgetAfter;
    }

    /** Takes a sample; true if other replicas speak now than did before, so that counts can't be compared. */
    boolean on(LagSample sample) {
        LagSample before = replicas.get(sample.replica());
        if (before != null && !sample.at().isAfter(before.at())) {
            return false;
        }
        replicas.put(sample.replica(), sample);
        Instant oldest = sample.at().minus(forgetAfter);
        boolean gone = replicas.values().removeIf(known -> known.at().isBefore(oldest));
        view = LagView.of(replicas.values());
        return gone || before == null;
    }

    @Nullable
    LagView view() {
        return view;
    }
}
