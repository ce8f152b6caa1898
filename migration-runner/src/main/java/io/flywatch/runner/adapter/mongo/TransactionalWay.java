package io.flywatch.runner.adapter.mongo;

import com.mongodb.client.ClientSession;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.IdType;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Documents, batch and checkpoint change in one transaction. It reads the checkpoint first, inside: if an earlier attempt took effect
 * although its answer was lost, this one goes on behind it, and if another runner has taken over, it changes nothing.
 */
record TransactionalWay(Work work, Transactions transactions) implements Way {
    /** Not the batch of a walk, and in nobody's range. */
    private static final long NOWHERE = -1;

    @Override
    public void resume() {
        // A transaction leaves nothing half done.
    }

    @Override
    public boolean next(IdType type) {
        return changes(session -> {
            Checkpoints.Point point = work.point(session);
            BsonValue after = point.after(type);
            return apply(point, work.lane().from(type, after), work.nextIds(type, after, session), null, session);
        });
    }

    @Override
    public boolean late(Batch batch) {
        // Most ranges have nothing: that is found out without a transaction.
        if (work.lateIds(batch, null).isEmpty()) {
            return false;
        }
        return changes(
                session -> apply(work.point(session), null, work.lateIds(batch, session), batch.number(), session));
    }

    @Override
    public boolean rest(IdType type) {
        return changes(
                session -> apply(work.point(session), null, work.nextIds(type, null, session), NOWHERE, session));
    }

    @Override
    public boolean these(long number, List<BsonValue> ids) {
        changes(session -> {
            Checkpoints.Point point = work.point(session);
            return point.next() > number ? OptionalLong.empty() : apply(point, null, ids, NOWHERE, session);
        });
        return false;
    }

    private boolean changes(Function<ClientSession, OptionalLong> attempt) {
        work.desk().lease().check();
        OptionalLong changed = transactions.run(attempt);
        changed.ifPresent(it -> work.desk().counted(work.key(), it));
        return changed.isPresent();
    }

    private OptionalLong apply(
            Checkpoints.Point point,
            @Nullable BsonValue after,
            List<BsonValue> ids,
            @Nullable Long of,
            ClientSession session) {
        if (ids.isEmpty()) {
            return OptionalLong.empty();
        }
        Batch batch = Batch.of(point.next(), after, ids, of);
        work.trying().set(batch);
        long changed = work.change(work.matching(batch.own()), session);
        if (work.remembers()) {
            work.batches().insert(batch, Batches.State.CLEAN, changed, session);
        }
        work.desk().checkpoints().move(work.key(), batch, changed, session);
        return OptionalLong.of(changed);
    }
}
