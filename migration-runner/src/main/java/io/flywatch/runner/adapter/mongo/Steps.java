package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.step.Aggregate;
import io.flywatch.runner.step.Batched;
import io.flywatch.runner.step.CreateCollection;
import io.flywatch.runner.step.CreateIndex;
import io.flywatch.runner.step.DropCollection;
import io.flywatch.runner.step.DropIndex;
import io.flywatch.runner.step.Expect;
import io.flywatch.runner.step.Insert;
import io.flywatch.runner.step.JavaStep;
import io.flywatch.runner.step.RenameCollection;
import io.flywatch.runner.step.RunCommand;
import io.flywatch.runner.step.SetValidator;
import io.flywatch.runner.step.Step;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** Does steps, each once. */
final class Steps {
    private static final int MOST_LIMIT = Integer.MAX_VALUE - 1;

    private final Desk desk;

    Steps(Desk desk) {
        this.desk = desk;
    }

    /** Does a step, unless it is done; answers how many documents it changed in all, by whatever runners. */
    long apply(StepKey key) {
        return apply(key, point -> work(key, point));
    }

    /** Does a batched step on those documents alone that another step, which was not finished, has changed. */
    long applyTo(StepKey key, StepKey of) {
        Batched step = (Batched) key.step();
        return apply(key, point -> new BatchedRun(desk, key, step).those(of));
    }

    private long apply(StepKey key, ToLongFunction<Checkpoints.Point> work) {
        Step step = key.step();
        Checkpoints.Point point = desk.patience().run(() -> desk.checkpoints().begin(key));
        desk.progress().begins(step.name(), step.collection(), point.documents());
        if (point.done()) {
            return point.documents();
        }
        desk.faults().at(Faults.Point.STEP_BEGUN);
        long documents = work(key, work, point);
        desk.faults().at(Faults.Point.EFFECT);
        desk.safely(() -> {
            desk.lease().check();
            desk.checkpoints().done(key, documents);
        });
        desk.faults().at(Faults.Point.STEP_DONE);
        if (step instanceof Batched) {
            desk.safely(() -> new Batches(desk.books(), key).forget());
        }
        return documents;
    }

    /** A batched step begins only where it can end; what else the server refuses is explained, where that is known. */
    private long work(StepKey key, ToLongFunction<Checkpoints.Point> work, Checkpoints.Point point) {
        if (key.step() instanceof Batched step) {
            obstacle(step).ifPresent(why -> {
                throw new RunFailure(FailureType.REFUSED, key.told() + ": " + why + ".");
            });
            return work.applyAsLong(point);
        }
        try {
            return work.applyAsLong(point);
        } catch (MongoException e) {
            String why = Trouble.isPassing(e) ? "" : obstacle(key.step()).orElse("");
            throw why.isEmpty() ? e : Refused.step(key, why, e);
        }
    }

    private Optional<String> obstacle(Step step) {
        return desk.patience().run(() -> Grounds.of(desk.books().database()).obstacle(step));
    }

    private long work(StepKey key, Checkpoints.Point point) {
        MongoDatabase database = desk.books().database();
        return switch (key.step()) {
            case CreateCollection step -> once(() -> Definitions.create(database, step));
            case CreateIndex step -> once(() -> Definitions.create(database, step));
            case DropCollection step -> once(() -> Structure.drop(database, step));
            case RenameCollection step -> once(() -> Structure.rename(database, step));
            case DropIndex step -> once(() -> Structure.drop(database, step));
            case SetValidator step -> once(() -> Structure.restrict(database, step));
            case Expect step -> once(() -> expect(key, step));
            case RunCommand step -> {
                new Sending(desk, key).run(step, point);
                yield 0;
            }
            case Aggregate step -> {
                new Sending(desk, key).run(step, point);
                yield 0;
            }
            case Insert step -> {
                InsertStep insert = new InsertStep(desk.books(), key, step, desk.lease(), desk.faults());
                long inserted = desk.patience().run(insert::run);
                desk.counted(key, inserted);
                yield inserted;
            }
            case Batched step -> new BatchedRun(desk, key, step).run(point);
            case JavaStep step -> desk.patience().run(() -> desk.changes().run(desk, key, step));
        };
    }

    /** What may happen as often as it likes. */
    private long once(Runnable work) {
        desk.safely(() -> {
            desk.lease().check();
            work.run();
        });
        return 0;
    }

    /** What is counted stays: it is on a majority, and all that was written before the check began is in it. */
    private long count(StepKey key, Expect step, CountOptions options) {
        var collection = desk.books().collection(step.collection());
        if (!desk.abilities().transactions()) {
            return collection.countDocuments(step.filter(), options);
        }
        try (ClientSession session = desk.client().startSession()) {
            desk.checkpoints().looked(key, session);
            return collection.withReadConcern(ReadConcern.MAJORITY).countDocuments(session, step.filter(), options);
        }
    }

    private void expect(StepKey key, Expect step) {
        int limit = (int) Math.min(MOST_LIMIT, step.most() == Expect.ANY ? step.least() : step.most() + 1);
        long found = limit == 0 ? 0 : count(key, step, new CountOptions().limit(limit));
        if (step.holds(found)) {
            return;
        }
        var collection = desk.books().collection(step.collection());
        BsonDocument example = found == 0
                ? null
                : collection
                        .find(step.filter())
                        .projection(new BsonDocument("_id", new BsonInt32(1)))
                        .first();
        throw new RunFailure(
                FailureType.EXPECTATION,
                "%s: expected %s in %s for %s, and there %s%d%s. Correct the data or the check, and start again: it goes on from here."
                                .formatted(
                                        key.told(),
                                        step.expected(),
                                        step.collection(),
                                        step.filter().toJson(),
                                        found == 1 ? "is " : "are ",
                                        found,
                                        found == limit && found > step.most() ? " or more" : "")
                        + (example == null ? "" : " One of them: " + Refused.json(example) + "."));
    }
}
