package io.flywatch.cdc;

import io.flywatch.cdc.verify.StoppedException;
import io.flywatch.cdc.verify.Verification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds a verification while it is worked on: keeps how far it is, and finds out whether it is still ours and still wanted. Not for
 * several threads, but for {@link #halt()}.
 */
final class VerificationLease {
    private static final Duration SELDOM = Duration.ofSeconds(1);

    private final VerificationStore store;
    private final long epoch;
    private final Duration lease;
    private final Clock clock;
    private final CountDownLatch halted = new CountDownLatch(1);
    private Verification latest;
    private Instant savedAt;
    private VerificationStore.@Nullable Wish wish;

    VerificationLease(VerificationStore store, VerificationStore.Claim claim, Duration lease, Clock clock) {
        this.store = store;
        this.epoch = claim.epoch();
        this.lease = lease;
        this.clock = clock;
        this.latest = claim.kept().verification();
        this.wish = claim.kept().wish();
        this.savedAt = clock.instant();
    }

    Verification latest() {
        return latest;
    }

    /** What somebody wants, where that is not to go on. */
    VerificationStore.@Nullable Wish wish() {
        return wish;
    }

    boolean isHalted() {
        return halted.getCount() == 0;
    }

    /** This replica ends. */
    void halt() {
        halted.countDown();
    }

    /** The newest state, which is kept soon. */
    void keep(Verification now) {
        boolean same = now.equals(latest);
        latest = now;
        if (!same && Duration.between(savedAt, clock.instant()).compareTo(SELDOM) >= 0) {
            save(true);
        }
        check();
    }

    /** Keeps the newest state at once; throws if it is no longer ours. */
    void save(boolean open) {
        Instant now = clock.instant();
        Optional<VerificationStore.Wish> wanted = store.save(latest, epoch, now.plus(lease), open);
        if (wanted.isEmpty()) {
            throw new StoppedException("another replica has it");
        }
        savedAt = now;
        wish = wanted.get();
    }

    /** Keeps a last state at once, whatever is wanted. */
    void keepQuietly(Verification last) {
        latest = last;
        save(true);
    }

    /** Lets another replica go on at once. */
    void release() {
        store.save(latest, epoch, clock.instant(), true);
    }

    private void check() {
        if (isHalted()) {
            throw new StoppedException("this replica ends");
        }
        if (wish != VerificationStore.Wish.RUN) {
            throw new StoppedException("it is not wanted now");
        }
    }

    /** Rests; throws if there is nothing more to do. */
    void rest(Duration time) {
        try {
            if (halted.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoppedException("this replica ends");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("this replica ends");
        }
        if (Duration.between(savedAt, clock.instant()).compareTo(SELDOM) >= 0) {
            save(true);
        }
        check();
    }
}
