package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.IdType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * For servers without transactions, where the change of a single document is the only thing that happens as a whole. So the evidence
 * is put into the document itself: it is changed and marked with its batch in one go, and only if it is not marked yet. The batch's
 * range is noted before; after the checkpoint has moved past it, the ids that carry its mark are noted, and then the marks removed.
 * Whoever resumes changes those documents of the noted range that have no mark, and removes the marks of the batch before it. While a
 * batch is at work, that is done with the one before, and the documents of the next one are looked for.
 *
 * <p>What this can't promise: an application that writes back a whole document as it read it before may bring a mark back, which the second
 * look removes, or drop one while the runner is lost, so that the document is changed once more. A runner that stands still for longer than
 * its lease, exactly between looking at the lease and sending the change, is kept out by the server's own clock (see {@link Lease.Fence});
 * where a filter can't ask for that, or that clock is set back meanwhile, it is not.
 */
final class MarkedWay implements Way {
    /** Not the batch of a walk, and in nobody's range. */
    private static final long NOWHERE = -1;

    private static final long UNKNOWN = -1;

    private final Work work;
    private final Evidence evidence;
    private final Meanwhile meanwhile;

    /** Where the checkpoint is after our own last batch; null if that is not certain. */
    private Checkpoints.@Nullable Point known;

    private Optional<Found> ahead = Optional.empty();

    MarkedWay(Work work, Evidence evidence) {
        this.work = work;
        this.evidence = evidence;
        this.meanwhile = new Meanwhile("beside-" + work.key().id());
    }

    /** What was looked for in advance. */
    private record Found(IdType type, BsonValue after, List<BsonValue> ids) {}

    @Override
    public void resume() {
        forget();
        Checkpoints.Point point = work.point(null);
        // The last batch may have moved the checkpoint and kept its marks.
        if (point.next() > 0) {
            work.batches().find(point.next() - 1).ifPresent(this::clean);
        }
        Optional<Batches.Kept> noted = work.batches().find(point.next());
        known = noted.isPresent() ? finish(point, again(noted.get())) : point;
    }

    @Override
    public boolean next(IdType type) {
        Checkpoints.Point point = point();
        BsonValue after = work.lane().from(type, point.after(type));
        List<BsonValue> ids = ahead.filter(it -> it.type() == type && it.after().equals(after))
                .map(Found::ids)
                .orElseGet(
                        () -> work.nextIds(type, point.after(type), work.pace().size()));
        ahead = Optional.empty();
        int most = work.pace().size();
        return apply(point, after, ids.size() > most ? ids.subList(0, most) : ids, null);
    }

    @Override
    public boolean late(Batch batch) {
        return apply(point(), null, work.lateIds(batch), batch.number());
    }

    @Override
    public boolean rest(IdType type) {
        return apply(point(), null, work.nextIds(type, null, work.pace().size()), NOWHERE);
    }

    @Override
    public boolean these(long number, List<BsonValue> ids) {
        Checkpoints.Point point = point();
        if (point.next() <= number) {
            apply(point, null, ids, NOWHERE);
            meanwhile.await();
        }
        return false;
    }

    /** Brings to its end what another runner began, and nothing more. */
    void finish() {
        resume();
        meanwhile.await();
    }

    /** What was begun and can't be finished is taken as it is: what was changed is noted, and the rest is left. */
    void settle() {
        forget();
        Checkpoints.Point point = work.point(null);
        if (point.next() > 0) {
            work.batches().find(point.next() - 1).ifPresent(this::clean);
        }
        work.batches()
                .find(point.next())
                .ifPresent(it -> finish(point, it.state() == Batches.State.PENDING ? noted(it.batch(), UNKNOWN) : it));
        meanwhile.await();
    }

    @Override
    public void sweep(List<Batch> joining) {
        meanwhile.await();
        work.desk().lease().check();
        evidence.sweep(Batch.join(joining));
    }

    @Override
    public void close() {
        meanwhile.close();
    }

    private Checkpoints.Point point() {
        Checkpoints.Point point = known != null ? known : work.point(null);
        known = null; // until this attempt has come to its end
        return point;
    }

    private void forget() {
        known = null;
        ahead = Optional.empty();
        meanwhile.forget();
    }

    private boolean apply(Checkpoints.Point point, @Nullable BsonValue after, List<BsonValue> ids, @Nullable Long of) {
        if (ids.isEmpty()) {
            meanwhile.await();
            known = point;
            return false;
        }
        Batch batch = Batch.of(point.next(), after, ids, of);
        work.desk().lease().check();
        work.batches().insert(batch, Batches.State.PENDING, 0, null);
        work.desk().faults().at(Faults.Point.BATCH_NOTED);
        long changed = changeAll(batch);
        known = finish(point, new Batches.Kept(batch, Batches.State.PENDING, changed));
        return true;
    }

    /** Nobody knows how many of the noted batch an earlier attempt has changed: they are counted by their marks. */
    private Batches.Kept again(Batches.Kept kept) {
        if (kept.state() != Batches.State.PENDING) {
            return kept;
        }
        work.awaitSent();
        changeAll(kept.batch());
        return noted(kept.batch(), UNKNOWN);
    }

    /** The batch is changed. Answers where the checkpoint is then. */
    private Checkpoints.Point finish(Checkpoints.Point point, Batches.Kept kept) {
        // On the way back only the marks of one batch are looked for: those of the one before have to be gone now.
        meanwhile.await();
        work.desk().lease().check();
        work.desk().checkpoints().move(work.key(), kept.batch(), kept.documents());
        work.desk().faults().at(Faults.Point.CHECKPOINT_MOVED);
        work.desk().counted(work.key(), kept.documents());
        meanwhile.start(() -> clean(kept));
        return point.moved(kept.batch(), kept.documents());
    }

    private long changeAll(Batch batch) {
        work.trying().set(batch);
        if (batch.isWalk()) {
            int most = work.pace().size();
            meanwhile.start(() -> lookAhead(batch, most));
        }
        long changed;
        try {
            changed = evidence.changeAll(batch);
        } catch (MongoException e) {
            // What the server refused from the first document on leaves nothing to finish, so that the step may be
            // corrected.
            if (!Trouble.isPassing(e) && evidence.changed(batch).isEmpty()) {
                work.batches().remove(batch);
            }
            throw e;
        }
        work.desk().faults().at(Faults.Point.ALL_CHANGED);
        return changed;
    }

    /**
     * The documents that were changed are noted: from then on their marks are not needed any more. They say it themselves; but an
     * application that knows nothing of a mark may have written one back without it, and if the server changed as many as there were, it
     * was all of them.
     *
     * @param documents how many the server changed, if that is known
     */
    private Batches.Kept noted(Batch batch, long documents) {
        List<BsonValue> marked = evidence.changed(batch);
        List<BsonValue> all = new ArrayList<>(batch.ids());
        all.addAll(Batch.late(marked, List.of(batch)));
        Batch changed = batch.with(all.size() == documents ? all : marked);
        work.desk().lease().check();
        work.batches().applied(changed);
        work.desk().faults().at(Faults.Point.BATCH_APPLIED);
        return new Batches.Kept(changed, Batches.State.APPLIED, changed.ids().size());
    }

    /** The checkpoint is past the batch. */
    private void clean(Batches.Kept kept) {
        if (kept.state() == Batches.State.PENDING && work.remembers()) {
            noted(kept.batch(), kept.documents());
        }
        work.desk().lease().check();
        evidence.clean(kept.batch());
        work.desk().faults().at(Faults.Point.MARKS_REMOVED);
        if (!work.remembers()) {
            work.batches().remove(kept.batch());
        }
    }

    private void lookAhead(Batch batch, int most) {
        IdType type = batch.type();
        try {
            ahead = Optional.of(new Found(type, batch.last(), work.nextIds(type, batch.last(), most)));
        } catch (MongoException e) {
            ahead = Optional.empty(); // asked again when it is the next one's turn, and told there
        }
    }
}
