package io.flywatch.runner.adapter.mongo;

import com.mongodb.client.ClientSession;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.IdType;
import java.util.List;
import java.util.function.BiFunction;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Documents, batch and checkpoint change in one transaction. The checkpoint is moved only from where this attempt believes it to be: if
 * an earlier attempt took effect although its answer was lost, or another runner has taken over, the transaction comes to nothing, and
 * the next one reads the checkpoint inside before it does anything.
 */
final class TransactionalWay implements Way {
    /** Not the batch of a walk, and in nobody's range. */
    private static final long NOWHERE = -1;

    private final Work work;
    private final Transactions transactions;

    /** Where the checkpoint is after our own last commit; null if that is not certain. */
    private Checkpoints.@Nullable Point known;

    TransactionalWay(Work work, Transactions transactions) {
        this.work = work;
        this.transactions = transactions;
    }

    /** What a transaction came to: where the checkpoint is now, and how many documents were changed; null if there was nothing to do. */
    private record Moved(Checkpoints.Point point, @Nullable Long changed) {}

    @Override
    public void resume() {
        // A transaction leaves nothing half done.
        known = null;
    }

    @Override
    public boolean next(IdType type) {
        return changes((session, point) -> {
            BsonValue after = point.after(type);
            List<BsonValue> ids = work.nextIds(type, after, session);
            return apply(point, work.lane().from(type, after), ids, null, session);
        });
    }

    @Override
    public boolean late(Batch batch) {
        // Most ranges have nothing: that is found out without a transaction.
        if (work.lateIds(batch, null).isEmpty()) {
            return false;
        }
        return changes((session, point) -> apply(point, null, work.lateIds(batch, session), batch.number(), session));
    }

    @Override
    public boolean rest(IdType type) {
        return changes((session, point) -> apply(point, null, work.nextIds(type, null, session), NOWHERE, session));
    }

    @Override
    public boolean these(long number, List<BsonValue> ids) {
        changes((session, point) ->
                point.next() > number ? new Moved(point, null) : apply(point, null, ids, NOWHERE, session));
        return false;
    }

    @Override
    public void close() {
        // A transaction leaves nothing at work.
    }

    private boolean changes(BiFunction<ClientSession, Checkpoints.Point, Moved> attempt) {
        work.desk().lease().check();
        Moved moved;
        try {
            moved = transactions.run(session -> attempt.apply(session, known != null ? known : work.point(session)));
        } catch (Checkpoints.Elsewhere e) {
            known = null;
            moved = transactions.run(session -> attempt.apply(session, work.point(session)));
        } catch (RuntimeException e) {
            known = null;
            throw e;
        }
        known = moved.point();
        Long changed = moved.changed();
        if (changed != null) {
            work.desk().counted(work.key(), changed);
        }
        return changed != null;
    }

    private Moved apply(
            Checkpoints.Point point,
            @Nullable BsonValue after,
            List<BsonValue> ids,
            @Nullable Long of,
            ClientSession session) {
        if (ids.isEmpty()) {
            return new Moved(point, null);
        }
        Batch batch = Batch.of(point.next(), after, ids, of);
        work.trying().set(batch);
        // What a range has is in one snapshot what was found in it, and a server walks a range faster than a list.
        BsonDocument place = batch.isWalk() ? batch.range() : batch.own();
        long changed = work.change(work.matching(place), session);
        if (work.remembers()) {
            work.batches().insert(batch, Batches.State.CLEAN, changed, session);
        }
        work.desk().checkpoints().moveFrom(point, work.key(), batch, changed, session);
        return new Moved(point.moved(batch, changed), changed);
    }
}
