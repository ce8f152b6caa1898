package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.IdType;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;

/**
 * Changes all documents of a lane that match a filter: a walk in the order of {@code _id}, then a second look for documents that came
 * behind the cursor, then the walk once more for those that came behind its end.
 */
final class Walk {
    private final Work work;
    private final Desk desk;
    private final Way way;
    private final BooleanSupplier stopped;

    /** Whether batches are as somebody else noted them, and can't be made smaller. */
    private boolean fixed;

    /**
     * Does nothing yet.
     *
     * @param stopped whether another lane has failed, so that this one is to stop after its batch
     */
    Walk(Work work, Way way, BooleanSupplier stopped) {
        this.work = work;
        this.desk = work.desk();
        this.way = way;
        this.stopped = stopped;
    }

    void run() {
        desk.safely(way::resume);
        if (!desk.patience().run(() -> work.point(null)).walked()) {
            walk();
            desk.safely(() -> desk.checkpoints().walked(work.key()));
        }
        desk.faults().at(Faults.Point.WALK_DONE);
        desk.progress()
                .does("looking for documents that came behind the cursor of "
                        + work.step().name());
        if (work.remembers()) {
            lookAgain();
        } else {
            types().forEach(type -> repeat(() -> way.rest(type)));
        }
        walk();
    }

    /** Changes those of the documents that match, batch by batch as another walk noted them. */
    void these(Batches noted, String from) {
        fixed = true;
        desk.safely(way::resume);
        long number = 0;
        String last = from;
        while (true) {
            String after = last;
            List<BsonDocument> page = desk.patience().run(() -> noted.keptAfter(after));
            if (page.isEmpty()) {
                return;
            }
            for (BsonDocument kept : page) {
                last = kept.getString("_id").getValue();
                List<BsonValue> ids = Batches.read(kept).batch().ids();
                if (!ids.isEmpty()) {
                    long nth = number++;
                    repeat(() -> way.these(nth, ids));
                }
            }
        }
    }

    private void lookAgain() {
        long end = desk.patience().run(() -> work.point(null)).next();
        try (SecondLook look = new SecondLook(work, end)) {
            for (var page = look.next(); page.isPresent(); page = look.next()) {
                page.get().forEach(this::lookAgain);
            }
        }
    }

    private void lookAgain(SecondLook.Joining joining) {
        Cancelled.check(desk.journal());
        desk.safely(() -> way.sweep(joining.batches()));
        if (joining.late()) {
            joining.batches().forEach(batch -> repeat(() -> way.late(batch)));
        }
    }

    private void walk() {
        types().forEach(type -> repeat(() -> way.next(type)));
    }

    private void repeat(BooleanSupplier batch) {
        boolean more = true;
        while (more) {
            if (stopped.getAsBoolean()) {
                throw new Abandoned();
            }
            Cancelled.check(desk.journal());
            desk.throttle().await(work);
            work.trying().set(null);
            work.since().set(System.nanoTime());
            more = attempt(batch);
            Batch done = work.trying().get();
            if (done != null) {
                work.pace()
                        .took(
                                Duration.ofNanos(
                                        System.nanoTime() - work.since().get()),
                                done.ids().size());
            }
        }
    }

    /** What the server refuses is tried in smaller batches, so that all that is right gets done and what is wrong gets known. */
    private boolean attempt(BooleanSupplier batch) {
        try {
            return desk.patience().run(batch::getAsBoolean, this::again);
        } catch (MongoException e) {
            Batch refused = work.trying().get();
            if (refused == null) {
                throw Refused.step(work.key(), e);
            }
            if (refused.ids().size() == 1 || fixed || way instanceof MarkedWay) {
                throw Refused.batch(work.key(), refused, e);
            }
            work.pace().failed();
            // How long a refusal took says nothing of how large batches may be.
            work.trying().set(null);
            return true;
        }
    }

    private void again() {
        work.pace().failed();
        way.resume();
    }

    /** The types of ids from the least to the greatest that is there. */
    private List<IdType> types() {
        List<IdType> there = desk.patience().run(() -> {
            BsonValue least = end(1);
            BsonValue greatest = end(-1);
            return least.isNull() && greatest.isNull() ? List.of(IdType.NULL) : between(least, greatest);
        });
        return there.stream().filter(work.lane()::has).toList();
    }

    private List<IdType> between(BsonValue least, BsonValue greatest) {
        try {
            return IdType.between(least, greatest);
        } catch (IllegalArgumentException e) {
            throw new RunFailure(
                    FailureType.REFUSED,
                    "%s: %s in %s, as %s. Change such documents by a runCommand step, or give them other ids."
                            .formatted(
                                    work.key().told(),
                                    "there are ids that can't be walked",
                                    work.step().collection(),
                                    e.getMessage()),
                    e);
        }
    }

    private BsonValue end(int direction) {
        BsonDocument found = work.documents()
                .find()
                .projection(new BsonDocument("_id", new BsonInt32(1)))
                .sort(new BsonDocument("_id", new BsonInt32(direction)))
                .first();
        BsonValue id = found == null ? null : found.get("_id");
        return Objects.requireNonNullElse(id, BsonNull.VALUE);
    }

    /** Another lane has failed. */
    static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Abandoned() {
            super("another worker failed", null, false, false);
        }
    }
}
