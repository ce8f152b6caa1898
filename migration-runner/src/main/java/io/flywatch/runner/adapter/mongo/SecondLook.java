package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import io.flywatch.runner.batch.Batch;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads what a walk has passed once more, to find where documents came behind the cursor: page by page, the next ones while one is
 * dealt with. It begins after the walk's end, so whatever was there by then is found.
 */
final class SecondLook implements AutoCloseable {
    private static final int IDS = 10_000;
    private static final int AHEAD = 2;

    private final Work work;
    private final long end;
    private final int size;
    private final ExecutorService readers;
    private final Queue<Page> pages = new ArrayDeque<>();
    private long from;

    /**
     * Reads nothing yet.
     *
     * @param end the number after that of the last batch
     */
    SecondLook(Work work, long end) {
        this.work = work;
        this.end = end;
        this.size = Math.max(1, IDS / work.step().pacing().batchSize());
        this.readers = Executors.newFixedThreadPool(
                AHEAD,
                Thread.ofPlatform().daemon(true).name("look-" + work.key().id()).factory());
    }

    /**
     * Batches of the walk of which each begins where the one before it ends.
     *
     * @param late whether there are documents in their ranges that are in none of them
     */
    record Joining(List<Batch> batches, boolean late) {}

    private record Page(long from, Future<List<Joining>> joining) {}

    /** The next page; empty if there is none any more. */
    Optional<List<Joining>> next() {
        while (pages.size() <= AHEAD && from < end) {
            long first = from;
            from += size;
            pages.add(new Page(first, readers.submit(() -> look(first))));
        }
        return Optional.ofNullable(pages.poll())
                .map(page -> read(page).orElseGet(() -> work.desk().patience().run(() -> look(page.from()))));
    }

    /** What failed is asked again, as long as that may help. */
    private static Optional<List<Joining>> read(Page page) {
        try {
            return Optional.of(page.joining().get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MongoException) {
                return Optional.empty();
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private List<Joining> look(long first) {
        return Batch.joining(work.batches().walk(first, first + size)).stream()
                .map(it -> new Joining(it, work.hasLate(it)))
                .toList();
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
