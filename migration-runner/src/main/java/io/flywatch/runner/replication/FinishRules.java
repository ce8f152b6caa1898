package io.flywatch.runner.replication;

import io.flywatch.runner.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a replication may be finished: then nothing moves any more, so nothing may be on the way. */
public final class FinishRules {
    private static final Duration FRESH = Duration.ofSeconds(15);

    private FinishRules() {}

    /** What is in the way; empty if it may be finished. */
    public static List<String> reasons(Run run, Optional<PipelineView> pipeline, Instant now) {
        List<String> reasons = new ArrayList<>();
        if (!run.isDone(Phase.SNAPSHOT.label())) {
            reasons.add("The snapshot is not complete.");
        }
        if (pipeline.isEmpty()) {
            reasons.add("The processor has not spoken of this run, so the backlog is unknown.");
            return reasons;
        }
        PipelineView view = pipeline.get();
        if (view.silence(now).compareTo(FRESH) > 0) {
            reasons.add("The processor has been silent for " + view.silence(now).toSeconds()
                    + " s, so the backlog is unknown.");
        } else if (view.backlog() > 0) {
            reasons.add("There are " + view.backlog() + " changes that are not applied yet.");
        }
        return reasons;
    }
}
