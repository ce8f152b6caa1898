package io.flywatch.quickstart;

import io.flywatch.quickstart.boot.Ports;
import io.flywatch.quickstart.boot.Services;
import io.flywatch.quickstart.inbox.Inbox;
import io.flywatch.quickstart.target.Target;

/**
 * Everything that runs.
 *
 * @param ports who listens where
 * @param inbox where alerts arrive
 * @param target where the rows go
 * @param plan what is moved
 * @param services those that watch it
 */
record Rig(Ports ports, Inbox inbox, Target target, Plan plan, Services services) {

    /** From where to where, for a person. */
    String route() {
        return plan.sourceName() + " → " + target.description();
    }
}
