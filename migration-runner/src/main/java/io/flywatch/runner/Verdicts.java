package io.flywatch.runner;

import io.flywatch.runner.gate.Gate;
import io.flywatch.runner.gate.GateQuestion;
import io.flywatch.runner.migration.Migration;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Verdicts of gates, shared by all that ask the same within a second, and few judged at a time: a crowd that waits must not take the
 * control database's connections from the runs.
 */
@Singleton
public final class Verdicts {
    private static final long SHARED_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int AT_A_TIME = 3;
    private static final int MOST = 1_000;

    private final Gates gates;
    private final Semaphore turns = new Semaphore(AT_A_TIME, true);
    private final Map<Asked, Judged> latest = new ConcurrentHashMap<>();

    Verdicts(Gates gates) {
        this.gates = gates;
    }

    private record Asked(Migration migration, GateQuestion question) {}

    private record Judged(Gate gate, long at) {}

    /** The gate as it was judged within the last second. */
    public Gate of(Migration migration, GateQuestion question) {
        if (latest.size() > MOST) {
            latest.clear();
        }
        return latest.compute(
                        new Asked(migration, question),
                        (asked, before) -> before != null && System.nanoTime() - before.at < SHARED_NANOS
                                ? before
                                : judge(migration, question))
                .gate;
    }

    private Judged judge(Migration migration, GateQuestion question) {
        turns.acquireUninterruptibly();
        try {
            Gate gate = gates.judge(migration, question);
            return new Judged(gate, System.nanoTime());
        } finally {
            turns.release();
        }
    }
}
