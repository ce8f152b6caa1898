package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import io.flywatch.runner.changeset.ChangeSet;
import io.flywatch.runner.ledger.RollbackRules.Part;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.step.Batched;
import io.flywatch.runner.step.Step;
import io.flywatch.runner.step.Update;
import java.util.List;
import org.jboss.logging.Logger;

/** Undoes change sets, each from its last step that may have been done to its first. */
final class Backward {
    private static final Logger LOG = Logger.getLogger(Backward.class);

    private final Desk desk;
    private final Ledger ledger;
    private final Steps steps;

    Backward(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk.books(), desk.migrationId());
        this.steps = new Steps(desk);
    }

    /**
     * Undoes one change set.
     *
     * @param before how many steps of the run stand before the undoing of its last
     */
    Outcome undo(Part part, int before) {
        ChangeSet changeSet = part.changeSet();
        int size = changeSet.steps().size();
        int place = size;
        StepKey key = key(changeSet, place);
        try {
            desk.safely(() -> ledger.rollingBack(
                    changeSet,
                    part.entry(),
                    desk.journal().run().id(),
                    desk.lease().token()));
            desk.faults().at(Faults.Point.LEDGER_BEGUN);
            for (; place >= 1; place--) {
                key = key(changeSet, place);
                Cancelled.check(desk.journal());
                int index = before + size - place + 1;
                desk.journal().stepStarted(index);
                long count = part.entry().mayHaveDone(place) ? undo(key, changeSet) : 0;
                desk.journal().stepFinished(index, count);
            }
            finish(changeSet);
            return new Outcome.Done();
        } catch (RunFailure e) {
            return broken(changeSet, key, e);
        } catch (MongoException e) {
            return broken(changeSet, key, Refused.step(key, e));
        }
    }

    /** A step that was done in part is undone where it was done, as far as what undoes it walks the same collection. */
    private long undo(StepKey key, ChangeSet changeSet) {
        List<Step> undoing = changeSet.rollback(key.place()).orElse(List.of());
        boolean partly = key.step() instanceof Update
                && desk.patience().run(() -> desk.checkpoints().isPartlyDone(key));
        if (partly && key.step() instanceof Update update && !undoing.isEmpty()) {
            new BatchedRun(desk, key, update).settle();
        }
        long documents = 0;
        for (int nth = 1; nth <= undoing.size(); nth++) {
            Step step = undoing.get(nth - 1);
            StepKey mine = key.undo(nth, step);
            boolean scoped = partly
                    && step instanceof Batched
                    && step.collection().equals(key.step().collection());
            try {
                documents += scoped ? steps.applyTo(mine, key) : steps.apply(mine);
            } catch (MongoException e) {
                throw Refused.step(mine, e);
            }
        }
        return documents;
    }

    private StepKey key(ChangeSet changeSet, int place) {
        return StepKey.of(
                desk.migrationId(),
                changeSet.version(),
                place,
                changeSet.steps().get(place - 1));
    }

    private void finish(ChangeSet changeSet) {
        desk.safely(() -> {
            desk.lease().check();
            ledger.rolledBack(changeSet, desk.lease().token(), desk.now());
        });
        desk.faults().at(Faults.Point.CHANGE_SET_DONE);
        desk.safely(() -> desk.checkpoints().forget(List.of(changeSet.version())));
    }

    private Outcome broken(ChangeSet changeSet, StepKey key, RunFailure why) {
        note(changeSet, why.text());
        return new Outcome.Broken(
                why.failure("undo " + changeSet.version() + " " + key.step().name()));
    }

    /** What can't be noted is told all the same. */
    private void note(ChangeSet changeSet, String message) {
        try {
            String run = desk.journal().run().id();
            ledger.failed(changeSet, desk.lease().token(), true, run, message, desk.now());
        } catch (MongoException e) {
            LOG.debugf("failure is not in the ledger reason=%s", e.getMessage());
        }
    }
}
