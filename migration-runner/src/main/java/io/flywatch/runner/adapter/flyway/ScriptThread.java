package io.flywatch.runner.adapter.flyway;

import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Flyway at work, on a thread of its own, so that another can watch it. */
final class ScriptThread {
    private final Thread thread;
    private volatile @Nullable RuntimeException thrown;

    ScriptThread(Scripts scripts, String migrationId) {
        Object runId = MDC.get("runId");
        this.thread = Thread.ofPlatform()
                .name("scripts-" + migrationId)
                .daemon(true)
                .unstarted(() -> {
                    MDC.put("migrationId", migrationId);
                    MDC.put("runId", runId == null ? "" : runId);
                    try {
                        scripts.flyway().migrate();
                    } catch (RuntimeException e) {
                        thrown = e;
                    }
                });
    }

    void start() {
        thread.start();
    }

    boolean isAtWork() {
        return thread.isAlive();
    }

    /** Wakes it from waiting for Flyway's lock; a statement is not touched. */
    void interrupt() {
        thread.interrupt();
    }

    boolean join(Duration limit) {
        try {
            return thread.join(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Throws what Flyway threw. */
    void check() {
        RuntimeException e = thrown;
        if (e instanceof FlywayException flyway) {
            throw flyway;
        }
        if (e != null) {
            throw new FlywayException(String.valueOf(e.getMessage()), e);
        }
    }
}
