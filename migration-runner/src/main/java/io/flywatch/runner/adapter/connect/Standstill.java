package io.flywatch.runner.adapter.connect;

import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.replication.Plan;
import io.flywatch.runner.run.RunFailure;
import io.flywatch.runner.run.Suspended;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Lets one replication's stream stand still and go on. That the connector is paused by us is noted before it is, so that a connector
 * which somebody else paused is never resumed, and one that we paused always is.
 */
final class Standstill {
    private static final Logger LOG = Logger.getLogger(Standstill.class);

    private final Connectors connectors;
    private final ReplicationMigration migration;
    private final Consumer<Plan> note;
    private Plan plan;

    Standstill(Connectors connectors, ReplicationMigration migration, Plan plan, Consumer<Plan> note) {
        this.connectors = connectors;
        this.migration = migration;
        this.plan = plan;
        this.note = note;
    }

    /** Throws {@link Suspended} as soon as the connector reads nothing any more; else it is to be called again. */
    void begin() {
        keep(true);
        try {
            if (connectors.pause(migration.id())) {
                throw Suspended.onDemand();
            }
        } catch (RunFailure e) {
            LOG.infof("connector is not paused yet migration=%s reason=%s", migration.id(), e.text());
        }
    }

    /** Lets a connector that we paused go on; does nothing else. If it can't, it is to be called again. */
    void end() {
        if (!plan.paused()) {
            return;
        }
        try {
            connectors.resume(migration.id());
            keep(false);
        } catch (RunFailure e) {
            LOG.infof("connector is not resumed yet migration=%s reason=%s", migration.id(), e.text());
        }
    }

    private void keep(boolean paused) {
        if (plan.paused() != paused) {
            Plan next = plan.paused(paused);
            note.accept(next);
            plan = next;
        }
    }
}
