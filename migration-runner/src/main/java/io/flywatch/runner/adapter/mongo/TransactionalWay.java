package io.flywatch.runner.adapter.mongo;

import com.mongodb.client.ClientSession;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.IdType;
import java.util.List;
import java.util.function.BiFunction;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Documents, batch and checkpoint change in one transaction. The checkpoint is moved only from where this attempt believes it to be: if
 * an earlier attempt took effect although its answer was lost, or another runner has taken over, the transaction comes to nothing, and
 * the next one reads the checkpoint inside before it does anything.
 *
 * <p>The documents are looked for before the transaction, while the one before it is at work. It changes them by their ids, and if it
 * changed as many as were found, it was these. If not, somebody else has changed or removed some in between: it is undone, and the next
 * attempt reads inside which of them match still. What came into their range in between is found by the second look.
 */
final class TransactionalWay implements Way {
    /** Not the batch of a walk, and in nobody's range. */
    private static final long NOWHERE = -1;

    private final Work work;
    private final Transactions transactions;
    private final Ahead ahead;

    /** Where the checkpoint is after our own last commit; null if that is not certain. */
    private Checkpoints.@Nullable Point known;

    TransactionalWay(Work work, Transactions transactions) {
        this.work = work;
        this.transactions = transactions;
        this.ahead = new Ahead(work);
    }

    /** What a transaction came to: where the checkpoint is now, and how many documents were changed. */
    private record Moved(Checkpoints.Point point, long changed) {}

    @Override
    public void resume() {
        // A transaction leaves nothing half done.
        known = null;
        ahead.forget();
    }

    @Override
    public boolean next(IdType type) {
        Checkpoints.Point point = point();
        BsonValue after = work.lane().from(type, point.after(type));
        List<BsonValue> ids = ahead.ids(type, after);
        if (!ids.isEmpty()) {
            Batch batch = Batch.of(point.next(), after, ids, null);
            ahead.look(batch);
            change(point, batch);
        }
        return !ids.isEmpty();
    }

    @Override
    public boolean late(Batch batch) {
        return changeFound(work.lateIds(batch), batch.number());
    }

    @Override
    public boolean rest(IdType type) {
        return changeFound(work.nextIds(type, null, work.pace().size()), NOWHERE);
    }

    private boolean changeFound(List<BsonValue> ids, long of) {
        if (!ids.isEmpty()) {
            Checkpoints.Point point = point();
            change(point, Batch.of(point.next(), null, ids, of));
        }
        return !ids.isEmpty();
    }

    @Override
    public boolean these(long number, List<BsonValue> ids) {
        try {
            changes((session, point) -> point.next() > number
                    ? new Moved(point, 0)
                    : moved(point, new Batch(point.next(), null, ids.getLast(), ids, NOWHERE), session));
            return false;
        } catch (Conflicts.TooMany e) {
            // They can't be parted, but whoever wants the run to end is heard in between.
            work.trying().set(null);
            return true;
        }
    }

    @Override
    public void sweep(List<Batch> joining) {
        // A transaction leaves nothing in documents.
    }

    @Override
    public void close() {
        ahead.close();
    }

    private Checkpoints.Point point() {
        Checkpoints.Point point = known != null ? known : work.point(null);
        known = point;
        return point;
    }

    /** Changes what was found when the checkpoint was there; nothing if it is elsewhere now, or if it is to be tried in parts. */
    private void change(Checkpoints.Point found, Batch batch) {
        work.trying().set(batch);
        work.since().set(System.nanoTime());
        try {
            changeOrRead(found, batch);
        } catch (Conflicts.TooMany e) {
            // How long that took says nothing of how large batches may be.
            work.trying().set(null);
        }
    }

    private void changeOrRead(Checkpoints.Point found, Batch batch) {
        try {
            changes((session, point) ->
                    point.next() == found.next() ? exactly(point, batch, session) : new Moved(point, 0));
        } catch (Others e) {
            changes((session, point) ->
                    point.next() == found.next() ? still(point, batch, session) : new Moved(point, 0));
        }
    }

    private void changes(BiFunction<ClientSession, Checkpoints.Point, Moved> attempt) {
        work.desk().lease().check();
        Moved moved;
        try {
            moved = transactions.run(session -> attempt.apply(session, known != null ? known : work.point(session)));
        } catch (Checkpoints.Elsewhere e) {
            known = null;
            moved = transactions.run(session -> attempt.apply(session, work.point(session)));
        } catch (Others e) {
            known = null;
            throw e;
        } catch (RuntimeException e) {
            known = null;
            ahead.forget();
            throw e;
        }
        known = moved.point();
        work.desk().counted(work.key(), moved.changed());
    }

    /** All documents of the batch, and no other. */
    private Moved exactly(Checkpoints.Point point, Batch batch, ClientSession session) {
        Work.Changed changed = work.change(work.matching(batch.own()), session);
        if (work.remembers() && changed.matched() != batch.ids().size()) {
            throw new Others();
        }
        return noted(point, batch, changed.modified(), session);
    }

    /** Those documents of the batch that match still. */
    private Moved still(Checkpoints.Point point, Batch batch, ClientSession session) {
        return moved(point, batch.with(work.those(batch.ids(), session)), session);
    }

    private Moved moved(Checkpoints.Point point, Batch batch, ClientSession session) {
        work.trying().set(batch);
        long changed = batch.ids().isEmpty()
                ? 0
                : work.change(work.matching(batch.own()), session).modified();
        return noted(point, batch, changed, session);
    }

    private Moved noted(Checkpoints.Point point, Batch batch, long changed, ClientSession session) {
        if (work.remembers()) {
            work.batches().insert(batch, Batches.State.CLEAN, changed, session);
        }
        work.desk().checkpoints().moveFrom(point, work.key(), batch, changed, session);
        return new Moved(point.moved(batch, changed), changed);
    }

    /** Not all that was found matches still. */
    private static final class Others extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Others() {
            super("others have changed documents of the batch", null, false, false);
        }
    }
}
