package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.model.CountOptions;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.IdType;
import io.flywatch.runner.run.Journal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;

/**
 * Changes all documents that match a filter: a walk in the order of {@code _id}, then a second look at each range for documents that
 * came behind the cursor, then the walk once more for those that came behind its end.
 */
final class UpdateStep {
    private static final long COUNT_SECONDS = 5;

    private final Work work;
    private final Way way;
    private final Patience patience;
    private final Journal journal;
    private final MongoProgress progress;

    UpdateStep(Work work, Way way, Patience patience, Journal journal, MongoProgress progress) {
        this.work = work;
        this.way = way;
        this.patience = patience;
        this.journal = journal;
        this.progress = progress;
    }

    void run() {
        patience.run(() -> {
            way.resume();
            return true;
        });
        count();
        if (!patience.run(() -> work.checkpoints().read(work.key(), null)).walked()) {
            walk();
            patience.run(() -> {
                work.checkpoints().walked(work.key());
                return true;
            });
        }
        work.faults().at(Faults.Point.WALK_DONE);
        progress.does("looking for documents that came behind the cursor of "
                + work.update().name());
        long number = -1;
        while (true) {
            long last = number;
            List<Batch> batches = patience.run(() -> work.batches().walkAfter(last));
            if (batches.isEmpty()) {
                break;
            }
            for (Batch batch : batches) {
                repeat(() -> way.late(batch));
                number = batch.number();
            }
        }
        walk();
    }

    private void walk() {
        for (IdType type : patience.run(this::types)) {
            repeat(() -> way.next(type));
        }
    }

    private void repeat(BooleanSupplier batch) {
        boolean more = true;
        while (more) {
            Cancelled.check(journal);
            long since = System.nanoTime();
            more = patience.run(batch::getAsBoolean, this::again);
            work.pace().took(Duration.ofNanos(System.nanoTime() - since));
        }
    }

    private void again() {
        work.pace().failed();
        way.resume();
    }

    /** The types of ids from the least to the greatest that is there. */
    private List<IdType> types() {
        BsonValue least = end(1);
        BsonValue greatest = end(-1);
        return least.isNull() && greatest.isNull() ? List.of(IdType.NULL) : IdType.between(least, greatest);
    }

    private BsonValue end(int direction) {
        BsonDocument found = work.documents()
                .find()
                .projection(new BsonDocument("_id", new BsonInt32(1)))
                .sort(new BsonDocument("_id", new BsonInt32(direction)))
                .first();
        BsonValue id = found == null ? null : found.get("_id");
        return id == null ? BsonNull.VALUE : id;
    }

    /** How many there are to be changed; it is only shown, so it may not take long. */
    private void count() {
        try {
            Long total = work.checkpoints().read(work.key(), null).total();
            if (total == null) {
                CountOptions limit = new CountOptions().maxTime(COUNT_SECONDS, TimeUnit.SECONDS);
                total = work.documents().countDocuments(work.update().filter(), limit);
                work.checkpoints().total(work.key(), total);
            }
            progress.total(total, "counted");
        } catch (MongoException e) {
            progress.does(work.update().name() + ", how many is not known");
        }
    }
}
