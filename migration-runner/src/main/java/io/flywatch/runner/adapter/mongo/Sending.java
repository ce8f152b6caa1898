package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.ReadPreference;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.client.MongoDatabase;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.step.Aggregate;
import io.flywatch.runner.step.RunCommand;
import java.util.Set;
import java.util.function.Predicate;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the server does as a whole, and what may not be repeated without knowing: that it is about to be sent is noted before, and
 * whoever finds the note and no result does not send it again.
 */
final class Sending {
    /**
     * After these answers it is not known whether it took effect: the server was going away, or a time limit, an operator or the loss of
     * the client ended it.
     */
    private static final Set<Integer> UNCERTAIN = Set.of(50, 91, 175, 189, 237, 262, 279, 290, 11_600, 11_601, 11_602);

    /**
     * The answers to a {@code $merge} that come before it writes: Unauthorized, InvalidOptions, InvalidNamespace, CommandNotFound,
     * CommandNotSupportedOnView, no such stage, no unique index for its fields. It has no transaction: any other refusal comes after some
     * documents were written.
     */
    private static final Set<Integer> BEFORE_MERGING = Set.of(13, 59, 72, 73, 166, 40_324, 51_183);

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
                    BsonDocument answer = database.runCommand(
                            ForMajority.of(step.command()), ReadPreference.primary(), BsonDocument.class);
                    if (answer.containsKey("writeErrors")) {
                        throw new RunFailure(
                                FailureType.REFUSED, "%s: the server says %s.".formatted(key.told(), answer.toJson()));
                    }
                    if (answer.isDocument("writeConcernError")) {
                        throw notOnMajority(answer);
                    }
                },
                step.repeatable(),
                Sending::isRefused,
                point);
    }

    /** As the driver throws it for all else: it was done, and may come undone. */
    private static MongoWriteConcernException notOnMajority(BsonDocument answer) {
        BsonDocument error = answer.getDocument("writeConcernError");
        return new MongoWriteConcernException(
                new WriteConcernError(
                        error.getNumber("code", new BsonInt32(-1)).intValue(),
                        error.getString("codeName", new BsonString("")).getValue(),
                        error.getString("errmsg", new BsonString("")).getValue(),
                        error.getDocument("errInfo", new BsonDocument())),
                null,
                new ServerAddress(),
                Set.of());
    }

    void run(Aggregate step, Checkpoints.Point point) {
        send(
                () -> desk.books()
                        .collection(step.collection())
                        .aggregate(step.pipeline())
                        .allowDiskUse(true)
                        .toCollection(),
                step.isRepeatable(),
                step.isMerge() ? Sending::isRefusedMerge : Sending::isRefused,
                point);
    }

    private void send(Runnable work, boolean repeatable, Predicate<MongoException> refused, Checkpoints.Point point) {
        if (repeatable) {
            desk.safely(() -> {
                desk.lease().check();
                work.run();
            });
            return;
        }
        if (point.sent()) {
            throw uncertain(null);
        }
        desk.safely(() -> {
            desk.lease().check();
            desk.checkpoints().sent(key, true);
            once(work, refused);
        });
    }

    private void once(Runnable work, Predicate<MongoException> refused) {
        try {
            work.run();
        } catch (MongoException e) {
            if (refused.test(e)) {
                desk.checkpoints().sent(key, false);
                throw e;
            }
            throw uncertain(e);
        }
    }

    /** Whether it is certain that nothing happened. */
    private static boolean isRefused(MongoException e) {
        return e instanceof MongoTimeoutException
                || e instanceof MongoSocketOpenException
                || e instanceof MongoNotPrimaryException
                || e instanceof MongoCommandException && !UNCERTAIN.contains(e.getCode());
    }

    private static boolean isRefusedMerge(MongoException e) {
        return e instanceof MongoTimeoutException
                || e instanceof MongoSocketOpenException
                || e instanceof MongoCommandException && BEFORE_MERGING.contains(e.getCode());
    }

    private RunFailure uncertain(@Nullable MongoException e) {
        String text =
                "%s: %s while the server was at it, so it is not known whether it took effect. Look. If it may happen twice, write repeatable: true into the step; if it took effect and may not, replace the step by what is still to be done."
                        .formatted(
                                key.told(),
                                e == null
                                        ? "the connection or the runner was lost"
                                        : "it ended (" + Trouble.told(e) + ")");
        return e == null
                ? new RunFailure(FailureType.REFUSED, text)
                : new RunFailure(FailureType.REFUSED, text, null, Trouble.serverCode(e), e);
    }
}
