package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.model.CountOptions;
import io.flywatch.runner.batch.Lane;
import io.flywatch.runner.step.Batched;
import io.flywatch.runner.step.Change;
import io.flywatch.runner.step.Delete;
import io.flywatch.runner.step.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** A batched step, walked by one worker or by several, each in its own lane and with its own checkpoint. */
final class BatchedRun {
    private static final long COUNT_SECONDS = 5;
    private static final int SAMPLE_FOR_EACH = 50;

    private final Desk desk;
    private final StepKey key;
    private final Batched step;

    BatchedRun(Desk desk, StepKey key, Batched step) {
        this.desk = desk;
        this.key = key;
        this.step = step;
    }

    /** Answers how many documents were changed in all, by whatever runners. */
    long run(Checkpoints.Point point) {
        if (step instanceof Update && !isTransactional()) {
            desk.safely(() -> MarkFitness.check(desk.books().database(), key));
        }
        List<Lane> lanes = lanes(point);
        count(point);
        if (lanes.size() == 1) {
            walk(key, lanes.getFirst(), new AtomicReference<>());
            return desk.patience().run(() -> desk.checkpoints().read(key, null)).documents();
        }
        return together(lanes);
    }

    /** Changes those documents alone that another step, which was not finished, has changed. */
    long those(StepKey of) {
        Work work = Work.of(desk, key, step, Lane.WHOLE);
        finishMarked(work);
        try (Way way = way(work)) {
            new Walk(work, way, () -> false).these(new Batches(desk.books(), of), of.id() + "/");
        }
        return desk.patience().run(() -> desk.checkpoints().read(key, null)).documents();
    }

    /** What a killed runner changed of a batch that it did not finish is noted, and the batch ends with that. */
    void settle() {
        Checkpoints.Point point = desk.patience().run(() -> desk.checkpoints().begin(key));
        List<StepKey> keys = point.lanes().size() < 2
                ? List.of(key)
                : point.lanes().stream().map(it -> key.lane(it.number())).toList();
        for (StepKey mine : keys) {
            desk.patience().run(() -> desk.checkpoints().begin(mine));
            Work work = Work.of(desk, mine, step, Lane.WHOLE);
            if (!isTransactional() || hasMarks(work)) {
                try (MarkedWay way = marked(work)) {
                    desk.safely(way::settle);
                }
            }
        }
    }

    private long together(List<Lane> lanes) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> workers = new ArrayList<>();
        for (Lane lane : lanes) {
            workers.add(Thread.ofPlatform()
                    .name("lane-" + lane.number() + "-" + desk.migrationId())
                    .start(() -> work(lane, failure)));
        }
        workers.forEach(BatchedRun::join);
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException("a worker may not throw " + e, e);
        }
        return desk.patience()
                .run(() -> lanes.stream()
                        .mapToLong(it -> desk.checkpoints()
                                .read(key.lane(it.number()), null)
                                .documents())
                        .sum());
    }

    @SuppressWarnings("IllegalCatch") // whatever ends a worker ends the step
    private void work(Lane lane, AtomicReference<@Nullable Throwable> failure) {
        try {
            StepKey mine = key.lane(lane.number());
            Checkpoints.Point point =
                    desk.patience().run(() -> desk.checkpoints().begin(mine));
            desk.progress().already(point.documents());
            if (!point.done()) {
                walk(mine, lane, failure);
                desk.safely(() -> desk.checkpoints().done(mine, null));
            }
        } catch (Walk.Abandoned e) {
            // another one's failure is told
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    /** A worker ends by itself after its batch; until then the lease is ours, and nobody may be told that we left. */
    private static void join(Thread worker) {
        boolean interrupted = false;
        while (true) {
            try {
                worker.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void walk(StepKey mine, Lane lane, AtomicReference<@Nullable Throwable> failure) {
        Work work = Work.of(desk, mine, step, lane);
        finishMarked(work);
        try (Way way = way(work)) {
            new Walk(work, way, () -> failure.get() != null).run();
        }
    }

    private Way way(Work work) {
        return isTransactional() ? transactional(work) : marked(work);
    }

    private boolean isTransactional() {
        boolean byServer = desk.abilities().pipelineUpdates()
                || !(step instanceof Update update && update.change() instanceof Change.Pipeline);
        return desk.abilities().transactions() && byServer;
    }

    /** What was begun while the server had no transactions is finished as it was begun: its documents may carry marks. */
    private void finishMarked(Work work) {
        if (isTransactional() && hasMarks(work)) {
            try (MarkedWay way = marked(work)) {
                desk.safely(way::finish);
            }
        }
    }

    private boolean hasMarks(Work work) {
        return desk.patience()
                .run(() -> work.batches().isMarked(work.point(null).next()));
    }

    private MarkedWay marked(Work work) {
        boolean pipelines = desk.abilities().pipelineUpdates();
        return new MarkedWay(
                work,
                switch (step) {
                    case Update update -> new Marking(work, update.change(), pipelines);
                    case Delete delete -> new Removal(work);
                });
    }

    private Way transactional(Work work) {
        Conflicts conflicts = new Conflicts(work);
        return new TransactionalWay(work, new Transactions(desk.client(), desk.faults(), why -> {
            conflicts.on(why);
            desk.again(why);
        }));
    }

    /** Planned once, so that whoever goes on walks the same lanes. */
    private List<Lane> lanes(Checkpoints.Point point) {
        if (!point.lanes().isEmpty()) {
            return point.lanes();
        }
        int workers = step.pacing().workers();
        if (workers == 1 || point.next() > 0) {
            return List.of(Lane.WHOLE);
        }
        List<Lane> lanes = Lane.cut(sample(workers * SAMPLE_FOR_EACH), workers);
        desk.safely(() -> desk.checkpoints().lanes(key, lanes));
        return lanes;
    }

    private List<BsonValue> sample(int size) {
        List<BsonDocument> pipeline = List.of(
                new BsonDocument("$sample", new BsonDocument("size", new BsonInt32(size))),
                new BsonDocument("$project", new BsonDocument("_id", new BsonInt32(1))),
                new BsonDocument("$sort", new BsonDocument("_id", new BsonInt32(1))));
        try {
            return desk.patience()
                    .run(() -> desk.books()
                            .collection(step.collection())
                            .aggregate(pipeline)
                            .map(it -> it.get("_id"))
                            .into(new ArrayList<>()));
        } catch (MongoException e) {
            desk.progress().remark("one worker, as the server can't sample: " + Trouble.told(e));
            return List.of();
        }
    }

    /** How many there are to be changed; it is only shown, so it may not take long. */
    private void count(Checkpoints.Point point) {
        // The server knows by itself how many documents a collection has, about: nothing is looked at.
        boolean all = step.filter().isEmpty();
        try {
            Long total = point.total();
            if (total == null) {
                var collection = desk.books().collection(step.collection());
                CountOptions limit = new CountOptions().maxTime(COUNT_SECONDS, TimeUnit.SECONDS);
                total = all ? collection.estimatedDocumentCount() : collection.countDocuments(step.filter(), limit);
                desk.checkpoints().total(key, total);
            }
            desk.progress().total(total, all ? "estimated" : "counted");
        } catch (MongoException e) {
            desk.progress().does(step.name() + ", how many is not known");
        }
    }
}
