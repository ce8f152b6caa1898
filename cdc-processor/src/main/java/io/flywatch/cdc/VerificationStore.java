package io.flywatch.cdc;

import io.flywatch.cdc.verify.Kind;
import io.flywatch.cdc.verify.Mismatch;
import io.flywatch.cdc.verify.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifications of a pipeline, kept where its position is kept: in the target database. Every replica sees them, and one of them at a
 * time works on one. Methods throw {@link io.flywatch.cdc.verify.AwayException} if the database does not answer.
 */
public interface VerificationStore {

    /** What somebody wants of a verification. */
    enum Wish {
        RUN,
        PAUSE,
        CANCEL
    }

    /**
     * A verification as it is kept.
     *
     * @param wish what is wanted of it
     * @param outdated whether it no longer speaks of what is there, as a schema has changed
     */
    record Kept(Verification verification, Wish wish, boolean outdated) {}

    /**
     * A verification that is ours until the lease ends.
     *
     * @param epoch counts the replicas that worked on it
     */
    record Claim(Kept kept, long epoch) {}

    /** Keeps a new one; false if its id is taken. */
    boolean create(Verification verification);

    /** Takes one that has something left to do and that nobody works on. */
    Optional<Claim> claim(String pipeline, Instant now, Duration lease);

    /**
     * Keeps how far it is, and goes on holding it.
     *
     * @param open whether something is left to do
     * @return what is wanted of it; empty if it is no longer ours
     */
    Optional<Wish> save(Verification verification, long epoch, Instant leaseUntil, boolean open);

    /** All of a pipeline, the newest first. */
    List<Kept> list(String pipeline, int most);

    /** One of a pipeline. */
    Optional<Kept> get(String pipeline, String id);

    /** Wants something of one that is not finished; false if it is not there, or finished. */
    boolean wish(String pipeline, String id, Wish wish);

    /** Marks one as outdated; true for the first who does. */
    boolean outdate(String pipeline, String id);

    /** Remembers mismatches; the same again is nothing. */
    void found(String id, String table, List<Mismatch> mismatches, Instant now);

    /** Forgets those of the mismatches that are equal now. */
    void mended(String id, String table, List<Mismatch> mismatches);

    /**
     * A mismatch as it is kept.
     *
     * @param cursor where a page that begins after it begins
     */
    record FoundMismatch(String table, Mismatch mismatch, Instant at, String cursor) {}

    /** A page of mismatches in a stable order. */
    List<FoundMismatch> mismatches(
            String id, @Nullable String table, @Nullable Kind kind, @Nullable String after, int most);
}
