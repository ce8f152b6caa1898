package io.flywatch.anomaly.episode;

import io.flywatch.anomaly.rule.Judgement;
import io.flywatch.anomaly.rule.RuleName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A judgement and what surrounds it.
 *
 * @param at the moment that was judged
 * @param explanation what was expected, and the likely causes
 * @param telling whether the world may be told; false while the past is replayed
 */
public record Observation(
        String migrationId,
        @Nullable String runId,
        RuleName rule,
        Instant at,
        Judgement judgement,
        Explanation explanation,
        boolean telling) {}
