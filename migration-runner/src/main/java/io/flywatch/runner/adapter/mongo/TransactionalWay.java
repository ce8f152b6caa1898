package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
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
 *
 * <p>Where documents that match lie far apart, looking for them takes longer than a transaction may: from then on they are looked for
 * before it, and it changes those of them that match still. What comes into their range meanwhile is found by the second look.
 */
final class TransactionalWay implements Way {
    /** Not the batch of a walk, and in nobody's range. */
    private static final long NOWHERE = -1;

    private final Work work;
    private final Transactions transactions;

    /** Where the checkpoint is after our own last commit; null if that is not certain. */
    private Checkpoints.@Nullable Point known;

    private boolean scattered;

    TransactionalWay(Work work, Transactions transactions) {
        this.work = work;
        this.transactions = transactions;
    }

    /** What a transaction came to: where the checkpoint is now, and how many documents were changed; null if there was nothing to do. */
    private record Moved(Checkpoints.Point point, @Nullable Long changed) {}

    /** How the documents of a batch are looked for, in a transaction or before it. */
    private interface Search {
        List<BsonValue> ids(Checkpoints.Point point, @Nullable ClientSession session);
    }

    /** After which id the range of a batch begins; null if with the first. */
    private interface Start {
        @Nullable
        BsonValue after(Checkpoints.Point point);
    }

    @Override
    public void resume() {
        // A transaction leaves nothing half done.
        known = null;
    }

    @Override
    public boolean next(IdType type) {
        return changes(
                (point, session) -> work.nextIds(type, point.after(type), session),
                point -> work.lane().from(type, point.after(type)),
                null);
    }

    @Override
    public boolean late(Batch batch) {
        // Most ranges have nothing: that is found out without a transaction.
        if (work.lateIds(batch, null).isEmpty()) {
            return false;
        }
        return changes((point, session) -> work.lateIds(batch, session), point -> null, batch.number());
    }

    @Override
    public boolean rest(IdType type) {
        return changes((point, session) -> work.nextIds(type, null, session), point -> null, NOWHERE);
    }

    @Override
    public boolean these(long number, List<BsonValue> ids) {
        changes((session, point) ->
                point.next() > number ? new Moved(point, null) : apply(point, null, ids, NOWHERE, session));
        return false;
    }

    @Override
    public void sweep(List<Batch> joining) {
        // A transaction leaves nothing in documents.
    }

    @Override
    public void close() {
        // A transaction leaves nothing at work.
    }

    private boolean changes(Search search, Start start, @Nullable Long of) {
        if (!scattered) {
            try {
                return changes(
                        (session, point) -> apply(point, start.after(point), search.ids(point, session), of, session));
            } catch (MongoException e) {
                // As soon as documents were found, it is not the search that takes too much.
                if (!Work.isSearchTooMuch(e) || work.trying().get() != null) {
                    throw e;
                }
                scattered = true;
                work.desk().progress().remark("documents that match lie far apart: looked for before each transaction");
            }
        }
        return changesFound(search, start, of);
    }

    private boolean changesFound(Search search, Start start, @Nullable Long of) {
        Checkpoints.Point found = known != null ? known : work.point(null);
        List<BsonValue> ids = search.ids(found, null);
        if (ids.isEmpty()) {
            known = found;
            return false;
        }
        boolean more = changes((session, point) -> point.next() == found.next()
                ? applyFound(point, new Batch(point.next(), start.after(point), ids.getLast(), ids, of), session)
                : new Moved(point, 0L));
        // How long the search took says nothing of how large batches may be.
        work.trying().set(null);
        return more;
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
        return moved(point, batch, work.change(work.matching(place), session), session);
    }

    private Moved applyFound(Checkpoints.Point point, Batch found, ClientSession session) {
        work.trying().set(found);
        Batch batch = found.with(work.those(found.ids(), session));
        return moved(
                point, batch, batch.ids().isEmpty() ? 0 : work.change(work.matching(batch.own()), session), session);
    }

    private Moved moved(Checkpoints.Point point, Batch batch, long changed, ClientSession session) {
        if (work.remembers()) {
            work.batches().insert(batch, Batches.State.CLEAN, changed, session);
        }
        work.desk().checkpoints().moveFrom(point, work.key(), batch, changed, session);
        return new Moved(point.moved(batch, changed), changed);
    }
}
