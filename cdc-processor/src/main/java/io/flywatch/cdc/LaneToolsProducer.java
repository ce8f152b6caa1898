package io.flywatch.cdc;

import io.flywatch.cdc.apply.Backoff;
import io.flywatch.cdc.apply.DeadLetters;
import io.flywatch.cdc.letter.LetterBook;
import io.flywatch.cdc.mapping.Mask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds the writers, and makes what the lanes share. */
@Singleton
final class LaneToolsProducer {
    private static final int SECONDS_TO_STOP = 5;
    private static final int SHARE_OF_HEAP = 6;

    /** So many batches fill the memory: what is decoded takes about as much again. */
    private static final int RAW_BATCHES = 8;

    private final ScheduledThreadPoolExecutor writers;

    LaneToolsProducer(CdcConfig config) {
        AtomicInteger count = new AtomicInteger();
        writers = new ScheduledThreadPoolExecutor(
                config.writers(),
                work -> Thread.ofPlatform()
                        .name("writer-" + count.incrementAndGet())
                        .daemon()
                        .unstarted(work));
        writers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Produces
    @Singleton
    LaneTools tools(CdcConfig config, LaneTools.Logs logs, DeadLetters deadLetters, LaneTools.Catalogues catalogues) {
        long memory = config.buffer()
                .map(MemorySize::asLongValue)
                .orElse(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
        return new LaneTools(
                writers,
                logs,
                deadLetters,
                new Backoff(config.retryFirst(), config.retryLimit()),
                new LaneTools.Limits(config.batchChanges(), config.batchBytes().asLongValue(), memory / RAW_BATCHES),
                LaneQueue.Memory.of(memory),
                config.maskSalt().map(Mask::new),
                catalogues);
    }

    @Produces
    @Singleton
    LetterBook book() {
        return new LetterBook();
    }

    /** A batch in flight is finished; if it takes too long it is rejected by the target or applied once, as its position says. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        writers.shutdown();
        if (!writers.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
            writers.shutdownNow();
        }
    }
}
