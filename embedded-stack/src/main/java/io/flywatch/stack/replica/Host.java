package io.flywatch.stack.replica;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Answers commands, one at a time, as a server with sessions does. */
final class Host {
    private static final long LOOK_MILLIS = 50;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Shape shape;
    private final Greeting greeting;
    private final Term term;
    private final FailPoints failPoints;
    private final Transactions transactions;
    private final Execution execution;
    private final @Nullable ChangeLog log;

    Host(
            Shape shape,
            Duration lifetime,
            Greeting greeting,
            Term term,
            FailPoints failPoints,
            Backend backend,
            boolean keepsLog) {
        this.shape = shape;
        this.greeting = greeting;
        this.term = term;
        this.failPoints = failPoints;
        this.log = keepsLog ? new ChangeLog(term, ended::signalAll) : null;
        Store store = new Store(backend, log);
        this.transactions = new Transactions(store, lifetime, ended::signalAll, this::pause);
        this.execution = new Execution(
                store, this::awaitAnEnd, log == null ? null : new ChangeStreams(log, store, this::awaitAChange));
    }

    /** The answer; null if the line is to be closed instead. */
    @Nullable
    BsonDocument answer(Command command, String appName) {
        if (greeting.isAnswerTo(command)) {
            return stamped(greeting.answer(command, System.currentTimeMillis()));
        }
        if (command.name().equals("configureFailPoint")) {
            failPoints.configure(command.body());
            return ok();
        }
        FailPoint fault = failPoints.hit(command, appName);
        if (fault == null) {
            return stamped(Labels.on(command, done(command)));
        }
        if (!fault.afterExecution()) {
            delay(fault.delayMillis());
        }
        boolean fails = fault.closeConnection() || fault.errorCode() != 0;
        BsonDocument answer = !fails || fault.afterExecution() ? done(command) : ok();
        if (fault.afterExecution()) {
            delay(fault.delayMillis());
        }
        if (fault.closeConnection()) {
            return null;
        }
        if (fault.errorCode() != 0) {
            answer = Refusal.answer(fault.errorCode(), "Failing command via 'failCommand' failpoint");
        }
        if (fault.writeConcernError() != null && Concerns.isWaitedFor(command)) {
            answer.append("writeConcernError", fault.writeConcernError());
        }
        List<String> labels = fault.errorLabels();
        if (labels == null) {
            return stamped(Labels.on(command, answer));
        }
        Labels.put(answer, labels);
        return stamped(answer);
    }

    private static void delay(long millis) {
        java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private BsonDocument done(Command command) {
        lock.lock();
        try {
            transactions.expire();
            return run(command);
        } catch (Refusal e) {
            return e.answer();
        } finally {
            lock.unlock();
        }
    }

    private BsonDocument run(Command command) {
        if (!term.isPrimary()) {
            throw new Refusal(Refusal.NOT_WRITABLE_PRIMARY, "not primary");
        }
        Concerns.check(command);
        if (failPoints.isLate(command)) {
            throw new Refusal(Refusal.MAX_TIME_EXPIRED, "operation exceeded time limit");
        }
        if (!shape.hasTransactions() && command.number() != null) {
            throw new Refusal(
                    Refusal.ILLEGAL_OPERATION,
                    "Transaction numbers are only allowed on a replica set member or mongos");
        }
        return switch (command.name()) {
            case "commitTransaction" -> Concerns.on(command, transactions.commit(command));
            case "abortTransaction" -> transactions.abort(command);
            case "endSessions", "killSessions" -> {
                for (BsonValue id : command.body().getArray(command.name())) {
                    transactions.ended(id.asDocument());
                }
                yield ok();
            }
            case "replSetGetStatus", "replSetGetConfig" -> replicaSet(command);
            case "replSetStepDown" -> {
                int seconds = command.body()
                        .getNumber("replSetStepDown", new BsonInt32(1))
                        .intValue();
                stepDown(Duration.ofSeconds(seconds));
                yield ok();
            }
            default -> Concerns.on(command, statement(command));
        };
    }

    private BsonDocument replicaSet(Command command) {
        if (shape != Shape.REPLICA_SET) {
            throw new Refusal(59, "no such command: '" + command.name() + "'");
        }
        return command.name().equals("replSetGetStatus")
                ? greeting.status(System.currentTimeMillis())
                : greeting.config();
    }

    private BsonDocument statement(Command command) {
        if (command.isInTransaction()) {
            return transactions.statement(command, txn -> execution.run(command, txn));
        }
        if (command.number() != null) {
            return transactions.once(command, () -> execution.run(command, null));
        }
        return execution.run(command, null);
    }

    /** Waits until some transaction has ended; whoever waited has to look again. */
    private void awaitAnEnd(Command command) {
        long limit = command.body().getNumber("maxTimeMS", new BsonInt64(0)).longValue();
        long since = System.nanoTime();
        Set<Txn> before = transactions.open();
        while (transactions.open().equals(before)) {
            pause();
            transactions.expire();
            if (limit > 0 && System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(limit)) {
                throw new Refusal(Refusal.MAX_TIME_EXPIRED, "operation exceeded time limit");
            }
        }
    }

    /** Lets others work for a moment; false if the time is up. */
    private boolean awaitAChange(long deadlineNanos) {
        long left = deadlineNanos - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        await(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)));
        return true;
    }

    private void pause() {
        await(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
    }

    private void await(long nanos) {
        try {
            ended.awaitNanos(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(11600, "interrupted");
        }
        if (!term.isPrimary()) {
            throw new Refusal(11602, "interrupted due to a change of the replica set's state");
        }
    }

    void forget() {
        lock.lock();
        try {
            if (log == null) {
                throw new IllegalStateException("no log is kept");
            }
            log.forget();
        } finally {
            lock.unlock();
        }
    }

    void stepDown(Duration away) {
        lock.lock();
        try {
            transactions.abortAll();
            term.stepDown(away);
        } finally {
            lock.unlock();
        }
    }

    private BsonDocument stamped(BsonDocument answer) {
        if (shape.hasTransactions()) {
            answer.append("operationTime", term.time(System.currentTimeMillis()));
        }
        return answer;
    }

    static BsonDocument ok() {
        return new BsonDocument("ok", new BsonDouble(1));
    }
}
