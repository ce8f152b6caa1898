package io.flywatch.alerts;

import io.flywatch.alerts.adapter.jdbc.NoticeQueue.Letter;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.group.Group;
import io.flywatch.alerts.group.Plan;
import io.flywatch.alerts.group.Plan.Telling;
import io.flywatch.alerts.group.Told;
import io.flywatch.alerts.notice.Audience;
import io.flywatch.alerts.notice.Story;
import io.flywatch.alerts.notice.StoryAlert;
import io.flywatch.events.alert.NoticeKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is to be told, in words. */
final class Letters {

    private Letters() {}

    static Letter of(Telling telling, Group group, Terms terms, Set<String> heldBack, Audience audience) {
        List<String> fingerprints = Stream.of(telling.firing(), telling.ended())
                .flatMap(List::stream)
                .map(Alert::fingerprint)
                .toList();
        return new Letter(
                telling.receiver(),
                story(telling, group, terms).heardBy(audience),
                fingerprints,
                telling.since(heldBack),
                terms.direct().test(telling.receiver()));
    }

    /** News first, then what is worst; what is over last. */
    static Story story(Telling telling, Group group, Terms terms) {
        List<String> news = telling.news().stream()
                .limit(Story.MOST)
                .map(Alert::fingerprint)
                .toList();
        Comparator<Alert> order = Comparator.<Alert, Boolean>comparing(alert -> !news.contains(alert.fingerprint()))
                .thenComparing(Alert::severity, Comparator.reverseOrder())
                .thenComparing(Alert::startsAt);
        List<StoryAlert> told = Stream.concat(telling.firing().stream().sorted(order), telling.ended().stream())
                .limit(Story.MOST)
                .map(StoryAlert::of)
                .toList();
        return new Story(
                telling.kind(),
                telling.thread(),
                group.labels().values(),
                told,
                telling.firing().size(),
                telling.ended().size(),
                terms.now(),
                telling.explanation(),
                false);
    }

    /**
     * Who else hears of it, or has heard.
     *
     * @param told who was told of each alert, by its fingerprint
     */
    static Audience audience(Telling telling, Plan plan, Map<String, List<Told>> told) {
        Set<String> others = new TreeSet<>();
        plan.tellings().stream()
                .filter(other -> other.thread().equals(telling.thread()) && other.kind() == telling.kind())
                .forEach(other -> others.add(other.receiver()));
        telling.firing().stream()
                .flatMap(alert -> told.getOrDefault(alert.fingerprint(), List.of()).stream())
                .filter(Told::believes)
                .forEach(mark -> others.add(mark.receiver()));
        others.remove(telling.receiver());
        Plan.Next next = telling.kind() == NoticeKind.FIRING ? plan.next() : null;
        return next == null
                ? new Audience(List.copyOf(others), List.of(), null)
                : new Audience(List.copyOf(others), next.receivers(), next.at());
    }
}
