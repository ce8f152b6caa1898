package io.flywatch.alerts.silence;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.flywatch.alerts.match.Matcher;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What nobody wants to hear of for a while.
 *
 * @param matchers all of them have to match
 * @param createdBy who wants it
 * @param comment why
 * @param noticedAt when it was told that it ends soon; null while it was not
 */
public record Silence(
        String id,
        List<Matcher> matchers,
        Instant startsAt,
        Instant endsAt,
        String createdBy,
        String comment,
        @Nullable Instant noticedAt) {

    /** Where it is in its life. */
    public enum State {
        @JsonProperty("pending")
        PENDING,
        @JsonProperty("active")
        ACTIVE,
        @JsonProperty("expired")
        EXPIRED
    }

    public Silence {
        matchers = List.copyOf(matchers);
    }

    /** Where it is in its life: from its start on, and up to but without its end, it is active. */
    public State state(Instant now) {
        if (!now.isBefore(endsAt)) {
            return State.EXPIRED;
        }
        return now.isBefore(startsAt) ? State.PENDING : State.ACTIVE;
    }

    /** Whether it keeps an alert quiet now. */
    public boolean covers(Map<String, String> facts, Instant now) {
        return state(now) == State.ACTIVE && Matcher.all(matchers, facts);
    }
}
