package io.flywatch.anomaly.episode;

import io.flywatch.events.anomaly.AnomalyEvent;
import org.jspecify.annotations.Nullable;

/**
 * What an observation led to.
 *
 * @param next the episode after it
 * @param told what the world is to be told, if anything
 */
public record Step(Episode next, @Nullable AnomalyEvent told) {

    static Step silently(Episode next) {
        return new Step(next, null);
    }
}
