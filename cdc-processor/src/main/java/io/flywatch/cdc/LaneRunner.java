package io.flywatch.cdc;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets one writer at a time work for a lane, as long as it has work, and after a wait if it asks for one. */
final class LaneRunner {
    private final ScheduledExecutorService writers;
    private final Work work;
    private final AtomicBoolean working = new AtomicBoolean();

    LaneRunner(ScheduledExecutorService writers, Work work) {
        this.writers = writers;
        this.work = work;
    }

    /** What is to be done. */
    interface Work {

        /** Does one thing and throws nothing; says how long to wait before the next. */
        Duration step();

        /** Whether there is more. */
        boolean hasMore();
    }

    /** There is work. */
    void wake() {
        if (working.compareAndSet(false, true)) {
            writers.execute(this::run);
        }
    }

    /** Whether a writer works, or will after a wait. */
    boolean isWorking() {
        return working.get();
    }

    private void run() {
        Duration wait = work.step();
        if (!wait.isZero()) {
            writers.schedule(this::run, wait.toMillis(), TimeUnit.MILLISECONDS);
        } else if (work.hasMore()) {
            writers.execute(this::run);
        } else {
            working.set(false);
            if (work.hasMore()) {
                wake();
            }
        }
    }
}
