package io.flywatch.anomaly.episode;

import io.flywatch.events.anomaly.Anomaly.Expectation;
import io.flywatch.events.anomaly.Anomaly.LikelyCause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why something may be wrong.
 *
 * @param cause the likely cause in one sentence; null where none is plain
 * @param expectation what was expected of the series; null if nothing was
 * @param causes the likely causes, the likeliest first
 */
public record Explanation(@Nullable String cause, @Nullable Expectation expectation, List<LikelyCause> causes) {

    /** Nothing is known. */
    public static final Explanation NONE = new Explanation(null, null, List.of());

    public Explanation {
        causes = List.copyOf(causes);
    }
}
