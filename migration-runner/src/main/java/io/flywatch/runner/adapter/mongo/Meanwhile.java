package io.flywatch.runner.adapter.mongo;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What is done beside a batch, one thing after the other. A failure is thrown by whoever waits for it. Nothing is left at work when it
 * is closed, so that nobody writes who may not any more.
 */
final class Meanwhile implements AutoCloseable {
    private final ExecutorService thread;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    Meanwhile(String name) {
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon(true).name(name).factory());
    }

    /** Does this after what was started before; not at all if that failed. */
    void start(Runnable work) {
        last = last.thenRunAsync(work, thread);
    }

    /** Waits for all that was started. */
    void await() {
        try {
            last.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /** Waits, and takes no notice of a failure: all is looked at anew. */
    void forget() {
        try {
            last.join();
        } catch (CompletionException | CancellationException e) {
            // it is done again
        }
        last = CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        forget();
        thread.shutdown();
    }
}
