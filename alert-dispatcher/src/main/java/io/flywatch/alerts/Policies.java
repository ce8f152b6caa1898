package io.flywatch.alerts;

import io.flywatch.alerts.policy.Policy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policy that holds, and what is wrong with the one that would replace it. */
@Singleton
public final class Policies {

    /**
     * What there is to know about it.
     *
     * @param origin where it comes from
     * @param hash of the text that it was made of
     * @param flaws what is wrong with the newest text; empty if it is the one that holds
     */
    public record Status(
            String origin, String hash, @Nullable Instant loadedAt, List<String> flaws) {
        public Status {
            flaws = List.copyOf(flaws);
        }
    }

    private volatile @Nullable Policy policy;
    private volatile Status status = new Status("none", "", null, List.of());

    /** The policy that holds. */
    public Policy current() {
        Policy now = policy;
        if (now == null) {
            throw new IllegalStateException("no policy was loaded yet");
        }
        return now;
    }

    /** What there is to know about it. */
    public Status status() {
        return status;
    }

    void use(Policy next, String origin, String hash, Instant now) {
        policy = next;
        status = new Status(origin, hash, now, List.of());
    }

    void refuse(List<String> flaws) {
        status = new Status(status.origin(), status.hash(), status.loadedAt(), flaws);
    }
}
