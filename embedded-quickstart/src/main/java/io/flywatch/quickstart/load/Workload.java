package io.flywatch.quickstart.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One thread that trades on one connection, as fast as the rate allows, until it is closed. */
public final class Workload implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Workload.class.getName());
    private static final Duration TO_STOP = Duration.ofSeconds(10);

    private final Connection connection;
    private final Trade trade;
    private final double changesPerSecond;
    private final AtomicLong changes = new AtomicLong();
    private final AtomicReference<String> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean stopping;

    private Workload(Connection connection, Trade trade, double changesPerSecond) {
        this.connection = connection;
        this.trade = trade;
        this.changesPerSecond = changesPerSecond;
        this.thread = Thread.ofPlatform().daemon().name("workload").unstarted(this::run);
    }

    /** Starts; the connection is closed at the end. */
    public static Workload start(Connection connection, Trade trade, double changesPerSecond) {
        Workload workload = new Workload(connection, trade, changesPerSecond);
        workload.thread.start();
        return workload;
    }

    private void run() {
        try (connection) {
            connection.setAutoCommit(false);
            long began = System.nanoTime();
            while (!stopping) {
                int changed = trade.once(connection);
                connection.commit();
                long due = began + (long) (changes.addAndGet(changed) / changesPerSecond * 1e9);
                if (System.nanoTime() - due > Duration.ofSeconds(1).toNanos()) {
                    // It was held up; what was missed is not made up for in one go.
                    began += System.nanoTime() - due;
                }
                sleepUntil(due);
            }
        } catch (SQLException e) {
            if (!stopping) {
                LOG.log(Level.WARNING, "the workload stopped", e);
                failure.set(e.getMessage());
            }
        }
    }

    private void sleepUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0 && !stopping; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** How many rows it has changed. */
    public long changes() {
        return changes.get();
    }

    /** Why it stopped by itself, if it did. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Ends the transaction at work and stops. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TO_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
