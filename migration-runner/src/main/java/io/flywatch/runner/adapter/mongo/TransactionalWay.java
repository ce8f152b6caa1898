package io.flywatch.runner.adapter.mongo;

import com.mongodb.client.ClientSession;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.IdType;
import java.util.List;
import java.util.OptionalLong;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Documents, batch and checkpoint change in one transaction. It reads the checkpoint first, inside: if an earlier attempt took effect
 * although its answer was lost, this one goes on behind it, and if another runner has taken over, it changes nothing.
 */
record TransactionalWay(Work work, Transactions transactions) implements Way {

    @Override
    public void resume() {
        // A transaction leaves nothing half done.
    }

    @Override
    public boolean next(IdType type) {
        work.lease().check();
        OptionalLong changed = transactions.run(session -> {
            Checkpoints.Point point = work.checkpoints().read(work.key(), session);
            BsonValue after = point.after(type);
            List<BsonValue> ids = work.nextIds(type, after, session);
            return apply(point, after, ids, null, session);
        });
        changed.ifPresent(work.changed());
        return changed.isPresent();
    }

    @Override
    public boolean late(Batch batch) {
        work.lease().check();
        // Most ranges have nothing: that is found out without a transaction.
        if (work.lateIds(batch, null).isEmpty()) {
            return false;
        }
        OptionalLong changed = transactions.run(session -> {
            Checkpoints.Point point = work.checkpoints().read(work.key(), session);
            return apply(point, null, work.lateIds(batch, session), batch.number(), session);
        });
        changed.ifPresent(work.changed());
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
        long changed = work.change(work.matching(batch.own()), session).getModifiedCount();
        work.batches().insert(batch, Batches.State.CLEAN, changed, session);
        work.checkpoints().move(work.key(), batch, changed, session);
        return OptionalLong.of(changed);
    }
}
