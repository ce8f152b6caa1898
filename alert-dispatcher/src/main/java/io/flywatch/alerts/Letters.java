package io.flywatch.alerts;

import io.flywatch.alerts.adapter.jdbc.NoticeQueue.Letter;
import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.group.Group;
import io.flywatch.alerts.group.Plan.Telling;
import io.flywatch.alerts.notice.Story;
import io.flywatch.alerts.notice.StoryAlert;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is to be told, in words. */
final class Letters {

    private Letters() {}

    static Letter of(Telling telling, Group group, Terms terms, Set<String> heldBack) {
        List<String> fingerprints = Stream.of(telling.firing(), telling.ended())
                .flatMap(List::stream)
                .map(Alert::fingerprint)
                .toList();
        return new Letter(
                telling.receiver(),
                story(telling, group, terms),
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
}
