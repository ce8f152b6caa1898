package io.flywatch.alerts.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.alerts.Stories;
import io.flywatch.alerts.alert.Acknowledgement;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.Flapping;
import io.flywatch.alerts.alert.Labels;
import io.flywatch.alerts.escalate.Escalation;
import io.flywatch.alerts.group.Plan.Telling;
import io.flywatch.alerts.route.Route;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Instant NOW = Stories.SINCE;
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration REPEAT = Duration.ofHours(4);
    private static final Flapping FLAPPING = new Flapping(3, Duration.ofMinutes(10), Duration.ofMinutes(5));

    @Test
    void saysSinceWhenThereIsNewsUnlessItIsToldAgainOrWasHeldBack() {
        Telling news = plan(group(null), NOW.plusSeconds(30), fires("a"), fires("b"))
                .tellings()
                .getFirst();
        Telling again = plan(group(NOW), NOW.plus(REPEAT), fires("a", told("slack"), told("email")))
                .tellings()
                .getFirst();
        String a = fires("a").fingerprint();
        String b = fires("b").fingerprint();

        assertThat(news.since(Set.of())).isEqualTo(fires("a").alert().firedAt()).isEqualTo(news.since(Set.of(a)));
        assertThat(news.since(Set.of(a, b))).isNull();
        assertThat(again.reason()).isEqualTo(Reason.REPEAT);
        assertThat(again.since(Set.of())).isNull();
    }

    @Test
    void waitsForOthersOfTheGroupAndThenTellsAllOfThem() {
        Plan early = plan(group(null), NOW.plusSeconds(10), fires("a"), fires("b"));
        Plan late = plan(group(null), NOW.plusSeconds(30), fires("a"), fires("b"));

        assertThat(early.tellings()).isEmpty();
        assertThat(early.nextAt()).isEqualTo(NOW.plus(WAIT));
        assertThat(reasons(early)).containsOnly(Reason.WAITING);
        assertThat(late.tellings()).hasSize(2).allSatisfy(telling -> {
            assertThat(telling.kind()).isEqualTo(NoticeKind.FIRING);
            assertThat(telling.news()).hasSize(2);
        });
        assertThat(reasons(late)).containsOnly(Reason.FIRST);
        assertThat(late.nextAt()).isEqualTo(NOW.plusSeconds(30).plus(REPEAT));
    }

    @Test
    void holdsFurtherNewsForTheIntervalButTellsAnEndAndAWorseningAtOnce() {
        Member known = fires("a", told("slack"), told("email"));

        Plan news = plan(group(NOW), NOW.plusSeconds(60), known, fires("b"));
        Plan end = plan(group(NOW), NOW.plusSeconds(60), known, over("b", told("slack")));
        Plan worse = plan(group(NOW), NOW.plusSeconds(1), worse("a", told("slack"), told("email")));

        assertThat(news.tellings()).isEmpty();
        assertThat(news.nextAt()).isEqualTo(NOW.plus(INTERVAL));
        assertThat(end.tellings()).singleElement().satisfies(telling -> {
            assertThat(telling.receiver()).isEqualTo("slack");
            assertThat(telling.kind()).isEqualTo(NoticeKind.FIRING);
            assertThat(telling.ended()).hasSize(1);
            assertThat(telling.firing()).hasSize(1);
        });
        assertThat(worse.tellings()).extracting(Telling::reason).containsOnly(Reason.WORSE);
    }

    @Test
    void tellsAnEndOnlyToThoseWhoBelieveThatItFires() {
        Told counted = new Told("email", "t", Severity.WARNING, NOW, Told.How.COUNTED);

        Plan plan = plan(group(NOW), NOW.plusSeconds(9), over("a", told("slack"), counted));
        Plan unknown = plan(group(null), NOW.plusSeconds(9), over("a"));

        assertThat(plan.tellings()).singleElement().satisfies(telling -> {
            assertThat(telling.receiver()).isEqualTo("slack");
            assertThat(telling.kind()).isEqualTo(NoticeKind.RESOLVED);
        });
        assertThat(unknown.tellings()).isEmpty();
        assertThat(reasons(unknown)).containsExactly(Reason.NOBODY_KNEW);
    }

    @Test
    void repeatsWhatNobodyAcknowledges() {
        Member known = fires("a", told("slack"), told("email"));
        Member taken = new Member(known.alert().acknowledged(new Acknowledgement("kim", "", NOW)), null, known.told());

        Plan before = plan(group(NOW), NOW.plus(REPEAT).minusSeconds(1), known);
        Plan after = plan(group(NOW), NOW.plus(REPEAT), known);
        Plan acknowledged = plan(group(NOW), NOW.plus(REPEAT), taken);

        assertThat(before.tellings()).isEmpty();
        assertThat(before.nextAt()).isEqualTo(NOW.plus(REPEAT));
        assertThat(after.tellings()).extracting(Telling::reason).containsOnly(Reason.REPEAT);
        assertThat(acknowledged.tellings()).isEmpty();
        assertThat(reasons(acknowledged)).containsExactly(Reason.ACKNOWLEDGED);
    }

    @Test
    void goesUpTheChainUntilSomebodyAcknowledges() {
        Escalation chain = new Escalation(
                "night",
                List.of(
                        new Escalation.Step(Duration.ofMinutes(10), List.of("pager")),
                        new Escalation.Step(Duration.ofMinutes(30), List.of("boss"))));
        Member known = fires("a", told("slack"), told("email"));

        Plan begun = planner(chain).plan(group(null), List.of(fires("a")), NOW.plus(WAIT));
        Plan early = planner(chain).plan(group(NOW), List.of(known), NOW.plusSeconds(599));
        Plan first = planner(chain).plan(group(NOW), List.of(known), NOW.plusSeconds(600));
        Plan both = planner(chain).plan(group(NOW), List.of(known), NOW.plusSeconds(1800));

        assertThat(begun.next()).isEqualTo(new Plan.Next(NOW.plus(WAIT).plusSeconds(600), List.of("pager")));
        assertThat(early.tellings()).isEmpty();
        assertThat(early.nextAt()).isEqualTo(NOW.plusSeconds(600));
        assertThat(first.tellings()).extracting(Telling::receiver).containsExactly("pager");
        assertThat(first.escalated()).isEqualTo(1);
        assertThat(first.nextAt()).isEqualTo(NOW.plusSeconds(1800));
        assertThat(first.next()).isEqualTo(new Plan.Next(NOW.plusSeconds(1800), List.of("boss")));
        assertThat(both.tellings()).extracting(Telling::receiver).containsExactly("pager", "boss");
        assertThat(both.next()).isNull();
    }

    @Test
    void tellsOnceOfWhatComesAndGoes() {
        Alert alert = Stories.alert(Map.of("alertname", "a"), Severity.WARNING, NOW);
        for (int i = 1; i < 3; i++) {
            alert = alert.resolved(null, "gone", NOW.plusSeconds(i * 60 - 30), NOW.plusSeconds(i * 60 - 30));
            alert = Alert.firing(
                    Stories.report(Map.of("alertname", "a"), Severity.WARNING, NOW.plusSeconds(i * 60)),
                    alert,
                    NOW.plusSeconds(i * 60));
        }
        Instant third = NOW.plusSeconds(120);
        Alert gone = alert.resolved(null, "gone", third.plusSeconds(10), third.plusSeconds(10));

        Plan fires = plan(group(null), third.plus(WAIT), new Member(alert, null, List.of()));
        Plan ends = plan(group(third), third.plusSeconds(10), new Member(gone, null, List.of(told("slack"))));
        Plan steady = plan(group(third), third.plusSeconds(310), new Member(gone, null, List.of(told("slack"))));

        assertThat(reasons(fires)).containsExactly(Reason.FLAPPING);
        assertThat(ends.tellings()).isEmpty();
        assertThat(reasons(ends)).containsExactly(Reason.UNSTEADY);
        assertThat(ends.nextAt()).isEqualTo(third.plusSeconds(310));
        assertThat(steady.tellings()).hasSize(1);
    }

    @Test
    void doesNotLetAClockThatWasSetBackHoldAnybodyUp() {
        Plan plan = plan(group(null), NOW.minusSeconds(3600), fires("a"));

        assertThat(plan.nextAt()).isEqualTo(NOW.minusSeconds(3600).plus(WAIT));
    }

    /** Whatever is told: nobody is told twice of the same, and nobody who is routed is left out for good. */
    @Property
    void tellsEveryReceiverOfEveryAlertOnce(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 3) Integer> kinds,
            @ForAll @IntRange(min = 0, max = 600) int seconds) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            members.add(
                    switch (kinds.get(i)) {
                        case 0 -> fires("a" + i);
                        case 1 -> fires("a" + i, told("slack"));
                        case 2 -> fires("a" + i, told("slack"), told("email"));
                        default -> over("a" + i, told("slack"));
                    });
        }
        Instant now = NOW.plusSeconds(seconds);

        Plan plan = planner(null).plan(group(null), members, now);

        assertThat(plan.decisions()).hasSameSizeAs(members);
        assertThat(plan.tellings()).extracting(Telling::receiver).doesNotHaveDuplicates();
        for (Member member : members) {
            for (String receiver : List.of("slack", "email")) {
                boolean told = member.told(receiver).isPresent();
                boolean news = plan.tellings().stream()
                        .filter(telling -> telling.receiver().equals(receiver))
                        .anyMatch(telling -> telling.news().contains(member.alert()));
                boolean end = plan.tellings().stream()
                        .filter(telling -> telling.receiver().equals(receiver))
                        .anyMatch(telling -> telling.ended().contains(member.alert()));
                assertThat(news).isEqualTo(member.alert().fires() && !told && seconds >= 30);
                assertThat(end).isEqualTo(!member.alert().fires() && told);
            }
        }
        boolean somethingWaits = kinds.contains(0) || kinds.contains(1);
        assertThat(plan.nextAt() != null).isEqualTo(somethingWaits || plan.toldAt() != null && kinds.contains(2));
    }

    private static List<Reason> reasons(Plan plan) {
        return plan.decisions().stream().map(Decision::reason).toList();
    }

    private static Plan plan(Group group, Instant now, Member... members) {
        return planner(null).plan(group, List.of(members), now);
    }

    private static Planner planner(@Nullable Escalation escalation) {
        Route route = new Route(
                "root",
                List.of(),
                List.of("slack", "email"),
                List.of("migration"),
                WAIT,
                INTERVAL,
                REPEAT,
                List.of(),
                null,
                false,
                List.of());
        return new Planner(route, List.of("slack", "email"), escalation, FLAPPING);
    }

    private static Group group(@Nullable Instant toldAt) {
        return new Group("root", "t", Labels.of(Map.of()), NOW, toldAt, 0);
    }

    private static Told told(String receiver) {
        return new Told(receiver, "t", Severity.WARNING, NOW, Told.How.TOLD);
    }

    private static Member fires(String name, Told... told) {
        return new Member(Stories.alert(Map.of("alertname", name), Severity.WARNING, NOW), null, List.of(told));
    }

    private static Member worse(String name, Told... told) {
        return new Member(Stories.alert(Map.of("alertname", name), Severity.CRITICAL, NOW), null, List.of(told));
    }

    private static Member over(String name, Told... told) {
        Alert alert = Stories.alert(Map.of("alertname", name), Severity.WARNING, NOW);
        return new Member(alert.resolved(null, "gone", NOW.plusSeconds(5), NOW.plusSeconds(5)), null, List.of(told));
    }
}
