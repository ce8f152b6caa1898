package io.flywatch.runner;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The pace of the runner's own threads: once a second, or at once when something was asked. */
@Singleton
public final class Heartbeat {
    private final Semaphore hurry = new Semaphore(0);

    /** Something was asked: look at once. */
    public void hurry() {
        hurry.release();
    }

    /** Waits for a second, or until somebody is in a hurry. */
    void await() throws InterruptedException {
        if (hurry.tryAcquire(1, TimeUnit.SECONDS)) {
            hurry.drainPermits();
        }
    }
}
