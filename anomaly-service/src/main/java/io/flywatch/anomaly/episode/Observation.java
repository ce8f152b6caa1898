package io.flywatch.anomaly.episode;

import io.flywatch.anomaly.rule.Judgement;
import io.flywatch.anomaly.rule.RuleName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A judgement and what surrounds it.
 *
 * @param at the moment that was judged
 * @param cause the likely cause, where one is known
 * @param telling whether the world may be told; false while the past is replayed
 */
public record Observation(
        String migrationId,
        @Nullable String runId,
        RuleName rule,
        Instant at,
        Judgement judgement,
        @Nullable String cause,
        boolean telling) {}
