package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoDatabase;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.step.Aggregate;
import io.flywatch.runner.step.RunCommand;
import java.util.Set;
import org.bson.BsonDocument;

/**
 * Sends what the server does as a whole, and what may not be repeated without knowing: that it is about to be sent is noted before, and
 * whoever finds the note and no result does not send it again.
 */
final class Sending {
    /** After these answers it is not known whether it took effect: the server was going away, or a time limit ended it. */
    private static final Set<Integer> UNCERTAIN = Set.of(50, 91, 189, 262, 290, 11_600, 11_602);

    private final Desk desk;
    private final StepKey key;

    Sending(Desk desk, StepKey key) {
        this.desk = desk;
        this.key = key;
    }

    void run(RunCommand step, Checkpoints.Point point) {
        MongoDatabase database =
                step.admin() ? desk.client().getDatabase("admin") : desk.books().database();
        send(
                () -> {
                    BsonDocument answer =
                            database.runCommand(step.command(), ReadPreference.primary(), BsonDocument.class);
                    if (answer.containsKey("writeErrors") || answer.containsKey("writeConcernError")) {
                        throw new RunFailure(
                                FailureType.REFUSED, "%s: the server says %s.".formatted(key.told(), answer.toJson()));
                    }
                },
                step.repeatable(),
                point);
    }

    void run(Aggregate step, Checkpoints.Point point) {
        send(
                () -> desk.books()
                        .collection(step.collection())
                        .aggregate(step.pipeline())
                        .allowDiskUse(true)
                        .toCollection(),
                step.isRepeatable(),
                point);
    }

    private void send(Runnable work, boolean repeatable, Checkpoints.Point point) {
        if (repeatable) {
            desk.safely(() -> {
                desk.lease().check();
                work.run();
            });
            return;
        }
        if (point.sent()) {
            throw uncertain();
        }
        desk.safely(() -> {
            desk.lease().check();
            desk.checkpoints().sent(key, true);
            once(work);
        });
    }

    private void once(Runnable work) {
        try {
            work.run();
        } catch (MongoException e) {
            if (isRefused(e)) {
                desk.checkpoints().sent(key, false);
                throw e;
            }
            throw uncertain();
        }
    }

    /** Whether it is certain that nothing happened. */
    private static boolean isRefused(MongoException e) {
        return e instanceof MongoTimeoutException
                || e instanceof MongoSocketOpenException
                || e instanceof MongoNotPrimaryException
                || e instanceof MongoCommandException && !UNCERTAIN.contains(e.getCode());
    }

    private RunFailure uncertain() {
        return new RunFailure(
                FailureType.REFUSED,
                "%s: the connection or the runner was lost while the server was at it, so it is not known whether it took effect. Look. If it may happen twice, write repeatable: true into the step; if it took effect and may not, replace the step by what is still to be done."
                        .formatted(key.told()));
    }
}
