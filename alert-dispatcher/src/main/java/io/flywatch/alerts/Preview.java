package io.flywatch.alerts;

import io.flywatch.alerts.adapter.jdbc.AlertTable;
import io.flywatch.alerts.adapter.jdbc.Database;
import io.flywatch.alerts.adapter.jdbc.SilenceTable;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.group.Decision;
import io.flywatch.alerts.group.Group;
import io.flywatch.alerts.group.Member;
import io.flywatch.alerts.group.Plan;
import io.flywatch.alerts.group.Reason;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.Story;
import io.flywatch.alerts.policy.Policy;
import io.flywatch.alerts.policy.Suppressor;
import io.flywatch.alerts.route.Route;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers what would happen to an alert if it came now, and nothing of its group were known yet. Nothing is kept and nobody is told. */
@Singleton
public final class Preview {

    private final Database database;
    private final Policies policies;
    private final Receivers receivers;
    private final SteadyClock clock;

    Preview(Database database, Policies policies, Receivers receivers, SteadyClock clock) {
        this.database = database;
        this.policies = policies;
        this.receivers = receivers;
        this.clock = clock;
    }

    /**
     * What a route would do.
     *
     * @param reason why somebody would be told now, or nobody
     * @param nextAt when it would be looked at again
     * @param receivers who would be told, now or later
     * @param group the labels that would put it together with others
     * @param messages what each receiver would get, as it would be sent
     */
    public record Step(
            String route,
            Reason reason,
            String explanation,
            @Nullable Instant nextAt,
            List<String> receivers,
            Map<String, String> group,
            Map<String, String> messages) {
        public Step {
            receivers = List.copyOf(receivers);
        }
    }

    /** What would happen, route by route. */
    public List<Step> of(Report report) {
        Instant now = clock.instant();
        Policy policy = policies.current();
        Alert alert = Alert.firing(report, null, now);
        Suppressor suppressor = database.transact(
                sql -> new Suppressor(policy, SilenceTable.open(sql, now), AlertTable.sources(sql), now));
        List<Step> steps = new ArrayList<>();
        for (Route route : policy.routes(alert)) {
            Group group = Group.of(route, alert, now);
            Member member = new Member(alert, suppressor.of(alert, route), List.of());
            Plan plan = policy.planner(route).plan(group, List.of(member), now);
            Decision decision = plan.decisions().getFirst();
            List<String> told = policy.planner(route).receivers();
            steps.add(new Step(
                    route.path(),
                    decision.reason(),
                    decision.explanation(),
                    plan.nextAt(),
                    told,
                    group.labels().values(),
                    messages(policy, route, group, alert, now)));
        }
        return steps;
    }

    private Map<String, String> messages(Policy policy, Route route, Group group, Alert alert, Instant now) {
        Terms terms = new Terms(policy, List.of(), now, new UUID(0, 0), name -> false);
        Map<String, String> messages = new LinkedHashMap<>();
        // As it would be told if nothing were against it and the group had waited.
        Group waited = new Group(group.route(), group.thread(), group.labels(), now.minus(route.hold()), null, 0);
        Plan plan = policy.planner(route).plan(waited, List.of(new Member(alert, null, List.of())), now);
        plan.tellings()
                .forEach(telling -> receivers.find(telling.receiver()).ifPresent(receiver -> {
                    Story story =
                            Letters.story(telling, waited, terms).heardBy(Letters.audience(telling, plan, Map.of()));
                    Notice notice = new Notice(0, receiver.name(), story, now, null, 1, null);
                    messages.put(receiver.name(), receiver.preview(notice));
                }));
        return messages;
    }
}
