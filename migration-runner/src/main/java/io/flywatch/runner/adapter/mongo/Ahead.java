package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.IdType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the documents of the next batch while one is at work: outside of its transaction, over another line, and with no limit of
 * time. It only reads, so whatever it is at may be broken off.
 */
final class Ahead implements AutoCloseable {
    private final Work work;
    private final ExecutorService thread;
    private Optional<Search> last = Optional.empty();

    Ahead(Work work) {
        this.work = work;
        this.thread = Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .daemon(true)
                .name("ahead-" + work.key().id())
                .factory());
    }

    /** What is looked for: the ids of a type after one of them. */
    private record Search(IdType type, @Nullable BsonValue after, Future<List<BsonValue>> ids) {
        boolean isFor(IdType asked, @Nullable BsonValue from) {
            return type == asked && after != null && after.equals(from);
        }
    }

    /** Looks for what comes after this batch of the walk. */
    void look(Batch batch) {
        IdType type = batch.type();
        BsonValue after = batch.last();
        int most = work.pace().size();
        last = Optional.of(new Search(type, after, thread.submit(() -> work.nextIds(type, after, most))));
    }

    /** The next ids of a walk, at most as many as make a batch now: those that were looked for, or else they are looked for now. */
    List<BsonValue> ids(IdType type, @Nullable BsonValue after) {
        int most = work.pace().size();
        List<BsonValue> ids = last.filter(it -> it.isFor(type, after))
                .flatMap(Ahead::found)
                .orElseGet(() -> work.nextIds(type, after, most));
        last = Optional.empty();
        return ids.size() > most ? ids.subList(0, most) : ids;
    }

    /** What failed is asked again by whoever needs it, and told there. */
    private static Optional<List<BsonValue>> found(Search search) {
        try {
            return Optional.of(search.ids().get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MongoException) {
                return Optional.empty();
            }
            throw new IllegalStateException(e.getCause());
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Nothing that was found is relied on any more. */
    void forget() {
        last.ifPresent(it -> it.ids().cancel(true));
        last = Optional.empty();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
