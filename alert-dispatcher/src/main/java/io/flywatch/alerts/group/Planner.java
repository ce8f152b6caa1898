package io.flywatch.alerts.group;

import io.flywatch.alerts.alert.Flapping;
import io.flywatch.alerts.escalate.Escalation;
import io.flywatch.alerts.route.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a group's receivers are told. The same question always gets the same answer.
 *
 * @param route the group's route
 * @param receivers those of the route that can be told
 * @param escalation the route's, if it has one
 */
public record Planner(
        Route route, List<String> receivers, @Nullable Escalation escalation, Flapping flapping) {
    public Planner {
        receivers = List.copyOf(receivers);
    }

    /** What is to be done, and when to look again. */
    public Plan plan(Group group, List<Member> members, Instant now) {
        Draft draft = new Draft(this, group, now);
        members.forEach(draft::consider);
        draft.tellNews();
        draft.repeat();
        draft.escalate();
        draft.tellEnds();
        return draft.plan();
    }
}
