package io.flywatch.alerts;

import io.flywatch.alerts.policy.Policy;
import io.flywatch.alerts.silence.Silence;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What holds while a round is decided.
 *
 * @param direct the receivers that this replica could tell at once
 */
record Terms(Policy policy, List<Silence> silences, Instant now, UUID replica, Predicate<String> direct) {
    Terms {
        silences = List.copyOf(silences);
    }
}
