package io.flywatch.alerts.adapter.kafka;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tries again until PostgreSQL has it. Lost infrastructure is waited for without end; a fault of the record is not. */
@Singleton
final class Patience {
    private static final Logger LOG = Logger.getLogger(Patience.class);

    private static final int ATTEMPTS_WITH_A_FAULTY_RECORD = 3;
    private static final long FIRST_WAIT_MS = 200;
    private static final long LONGEST_WAIT_MS = 5000;
    /** SQLSTATE classes that speak of the data: PostgreSQL will answer alike each time. */
    private static final Set<String> FAULTS_OF_DATA = Set.of("22", "23");

    private final CountDownLatch stopped = new CountDownLatch(1);

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    /** Empty when it is done; else what is wrong with the record. */
    Optional<String> untilStored(Runnable work) {
        long wait = FIRST_WAIT_MS;
        for (int attempt = 1; ; attempt++) {
            try {
                work.run();
                return Optional.empty();
            } catch (RuntimeException e) {
                boolean faulty = isFaultOfData(e);
                if (faulty && attempt >= ATTEMPTS_WITH_A_FAULTY_RECORD) {
                    return Optional.of(String.valueOf(e.getMessage()));
                }
                LOG.warnf("alert can't be stored yet attempt=%d why=%s", attempt, e.toString());
                if (isStopped(wait)) {
                    throw e;
                }
                wait = Math.min(LONGEST_WAIT_MS, wait * 2);
            }
        }
    }

    private static boolean isFaultOfData(@Nullable Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return FAULTS_OF_DATA.contains(sql.getSQLState()
                        .substring(0, Math.min(2, sql.getSQLState().length())));
            }
        }
        return false;
    }

    private boolean isStopped(long waitMs) {
        try {
            return stopped.await(waitMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
