package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import io.flywatch.runner.batch.Batch;
import io.flywatch.runner.batch.IdType;
import java.util.List;
import java.util.Optional;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * For servers without transactions, where the change of a single document is the only thing that happens as a whole. So the evidence
 * is put into the document itself: it is changed and marked with its batch in one go, and only if it is not marked yet. The batch's
 * range is noted before; the marks are removed after the ids that carry them were noted and the checkpoint moved. Whoever resumes
 * changes those documents of the noted range that have no mark.
 *
 * <p>What this can't promise: an application that writes back a whole document as it read it before may drop a mark or bring one
 * back; and a runner that stands still for longer than its lease, exactly between looking at the lease and sending the change, is not
 * kept out, as there is no transaction to refuse it.
 */
record MarkedWay(Work work, Evidence evidence) implements Way {
    /** Not the batch of a walk, and in nobody's range. */
    private static final long NOWHERE = -1;

    @Override
    public void resume() {
        Checkpoints.Point point = work.point(null);
        // The last batch may have moved the checkpoint and kept its marks.
        if (point.next() > 0) {
            work.batches().find(point.next() - 1).ifPresent(this::finish);
        }
        work.batches().find(point.next()).ifPresent(this::finish);
    }

    @Override
    public boolean next(IdType type) {
        Checkpoints.Point point = work.point(null);
        BsonValue after = point.after(type);
        return apply(point.next(), work.lane().from(type, after), work.nextIds(type, after, null), null);
    }

    @Override
    public boolean late(Batch batch) {
        return apply(work.point(null).next(), null, work.lateIds(batch, null), batch.number());
    }

    @Override
    public boolean rest(IdType type) {
        return apply(work.point(null).next(), null, work.nextIds(type, null, null), NOWHERE);
    }

    @Override
    public boolean these(long number, List<BsonValue> ids) {
        if (work.point(null).next() <= number) {
            apply(number, null, ids, NOWHERE);
        }
        return false;
    }

    /** What was begun and can't be finished is taken as it is: what was changed is noted, and the rest is left. */
    void settle() {
        Checkpoints.Point point = work.point(null);
        if (point.next() > 0) {
            work.batches().find(point.next() - 1).ifPresent(this::finish);
        }
        work.batches().find(point.next()).ifPresent(kept -> {
            if (kept.state() == Batches.State.PENDING) {
                finish(applied(kept.batch()));
            } else {
                finish(kept);
            }
        });
    }

    private boolean apply(long number, @Nullable BsonValue after, List<BsonValue> ids, @Nullable Long of) {
        // An attempt whose answer was lost may have noted this batch.
        Optional<Batches.Kept> noted = work.batches().find(number);
        if (noted.isPresent()) {
            finish(noted.get());
            return true;
        }
        if (ids.isEmpty()) {
            return false;
        }
        Batch batch = Batch.of(number, after, ids, of);
        work.desk().lease().check();
        work.batches().insert(batch, Batches.State.PENDING, 0, null);
        work.desk().faults().at(Faults.Point.BATCH_NOTED);
        finish(new Batches.Kept(batch, Batches.State.PENDING, 0));
        return true;
    }

    /** What the server refused from the first document on leaves nothing to finish, so that the step may be corrected. */
    private void changeAll(Batch batch) {
        work.trying().set(batch);
        try {
            evidence.changeAll(batch);
        } catch (MongoException e) {
            if (!Trouble.isPassing(e) && evidence.changed(batch).isEmpty()) {
                work.batches().remove(batch);
            }
            throw e;
        }
    }

    private Batches.Kept applied(Batch batch) {
        Batch changed = batch.with(evidence.changed(batch));
        work.desk().lease().check();
        work.batches().applied(changed);
        work.desk().faults().at(Faults.Point.BATCH_APPLIED);
        return new Batches.Kept(changed, Batches.State.APPLIED, changed.ids().size());
    }

    private void finish(Batches.Kept kept) {
        Batch batch = kept.batch();
        switch (kept.state()) {
            case PENDING -> {
                changeAll(batch);
                work.desk().faults().at(Faults.Point.ALL_CHANGED);
                finish(applied(batch));
            }
            case APPLIED -> {
                work.desk().checkpoints().move(work.key(), batch, kept.documents());
                work.desk().faults().at(Faults.Point.CHECKPOINT_MOVED);
                evidence.clean(batch);
                work.desk().faults().at(Faults.Point.MARKS_REMOVED);
                work.batches().clean(batch, work.remembers());
                work.desk().counted(work.key(), kept.documents());
            }
            case CLEAN -> {}
        }
    }
}
