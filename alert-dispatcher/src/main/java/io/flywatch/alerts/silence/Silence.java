package io.flywatch.alerts.silence;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.flywatch.alerts.match.Matcher;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** Whether it can be changed to another in place: one that goes on, is about the same, and does not begin anew later. */
    public boolean mayBecome(Silence other, Instant now) {
        return state(now) != State.EXPIRED
                && Set.copyOf(matchers).equals(Set.copyOf(other.matchers))
                && (state(now) == State.PENDING || !other.startsAt.isAfter(now));
    }

    /** Itself, with another's end and words; it goes on since when it did. */
    public Silence changed(Silence other, Instant now) {
        return new Silence(
                id,
                matchers,
                state(now) == State.PENDING ? other.startsAt : startsAt,
                other.endsAt,
                other.createdBy,
                other.comment,
                null);
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
