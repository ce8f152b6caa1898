package io.flywatch.runner.adapter.mongo;

import com.mongodb.MongoException;
import io.flywatch.runner.changeset.ChangeSet;
import io.flywatch.runner.changeset.Version;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.Outcome;
import io.flywatch.runner.run.RunFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Applies change sets, each from its first step that is not done to the ledger. */
final class Forward {
    private static final Logger LOG = Logger.getLogger(Forward.class);
    private static final int TIDY_AFTER = 100;

    private final Desk desk;
    private final Ledger ledger;
    private final Steps steps;
    private final List<Version> applied = new ArrayList<>();

    Forward(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk.books(), desk.migrationId());
        this.steps = new Steps(desk);
    }

    /**
     * Applies one change set.
     *
     * @param before how many steps of the run stand before its first
     */
    Outcome apply(ChangeSet changeSet, int before) {
        Instant since = desk.now();
        String run = desk.journal().run().id();
        long token = desk.lease().token();
        long documents = 0;
        int place = 0;
        try {
            desk.safely(() -> ledger.begin(changeSet, run, token, since));
            desk.faults().at(Faults.Point.LEDGER_BEGUN);
            for (place = 1; place <= changeSet.steps().size(); place++) {
                documents += step(changeSet, place, before);
            }
            finish(changeSet, run, documents);
            desk.metrics().applied(changeSet.version().text(), desk.since(since));
            return new Outcome.Done();
        } catch (RunFailure e) {
            return broken(changeSet, place, e, since);
        } catch (MongoException e) {
            return broken(changeSet, place, refused(changeSet, place, e), since);
        }
    }

    private RunFailure refused(ChangeSet changeSet, int place, MongoException e) {
        return place == 0
                ? new RunFailure(FailureType.REFUSED, "The ledger can't be written: " + Trouble.told(e) + ".", e)
                : Refused.step(key(changeSet, place), e);
    }

    private long step(ChangeSet changeSet, int place, int before) {
        Cancelled.check(desk.journal());
        desk.journal().stepStarted(before + place);
        long count = steps.apply(key(changeSet, place));
        desk.journal().stepFinished(before + place, count);
        return count;
    }

    private StepKey key(ChangeSet changeSet, int place) {
        return StepKey.of(
                desk.migrationId(),
                changeSet.version(),
                place,
                changeSet.steps().get(place - 1));
    }

    private void finish(ChangeSet changeSet, String run, long documents) {
        desk.safely(() -> {
            desk.lease().check();
            ledger.applied(changeSet, run, desk.lease().token(), documents, desk.now());
        });
        desk.faults().at(Faults.Point.CHANGE_SET_DONE);
        applied.add(changeSet.version());
        if (applied.size() >= TIDY_AFTER) {
            tidy();
        }
    }

    /** Forgets the checkpoints of what is in the ledger: many at once, as thousands of small change sets would wait for each. */
    void tidy() {
        if (!applied.isEmpty()) {
            desk.safely(() -> desk.checkpoints().forget(applied));
            applied.clear();
        }
    }

    private Outcome broken(ChangeSet changeSet, int place, RunFailure why, Instant since) {
        desk.metrics().failed(changeSet.version().text(), why.type(), desk.since(since));
        note(changeSet, why.text());
        return new Outcome.Broken(why.failure(
                place == 0
                        ? null
                        : changeSet.version() + " "
                                + changeSet.steps().get(place - 1).name()));
    }

    /** What can't be noted is told all the same. */
    private void note(ChangeSet changeSet, String message) {
        try {
            String run = desk.journal().run().id();
            ledger.failed(changeSet, desk.lease().token(), false, run, message, desk.now());
        } catch (MongoException e) {
            LOG.debugf("failure is not in the ledger reason=%s", e.getMessage());
        }
    }
}
