package io.flywatch.alerts;

import io.flywatch.alerts.alert.Alert;
import io.flywatch.alerts.alert.Labels;
import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.alert.Source;
import io.flywatch.alerts.notice.Links;
import io.flywatch.alerts.notice.Message;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.Story;
import io.flywatch.alerts.notice.StoryAlert;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Things to tell. */
public final class Stories {

    public static final Instant SINCE = Instant.parse("2026-11-22T14:03:10Z");

    private Stories() {}

    public static Anomaly anomaly(String id, Severity severity, String summary) {
        return new Anomaly(
                id,
                "high_lag",
                "lag",
                severity,
                73,
                60,
                "seconds",
                SINCE,
                80,
                summary,
                "the target is slow",
                null,
                null);
    }

    public static Story story(NoticeKind kind, String migration, String summary) {
        AnomalyOpened opened = new AnomalyOpened(migration, "run", SINCE, anomaly("ep", Severity.WARNING, summary));
        Alert firing = Alert.firing(Report.of(opened).orElseThrow(), null, SINCE);
        boolean over = kind == NoticeKind.RESOLVED;
        Alert alert =
                over ? firing.resolved(null, "back in range", SINCE.plusSeconds(90), SINCE.plusSeconds(90)) : firing;
        return story(kind, alert);
    }

    public static Story story(NoticeKind kind, Alert... alerts) {
        List<Alert> all = List.of(alerts);
        int firing = (int) all.stream().filter(Alert::fires).count();
        return new Story(
                kind,
                "f".repeat(64),
                all.getFirst().labels().values(),
                all.stream().map(StoryAlert::of).toList(),
                firing,
                all.size() - firing,
                SINCE.plusSeconds(90),
                "it is new",
                false);
    }

    public static Message message(Story story) {
        return Message.of(story, new Links(Optional.of("http://127.0.0.1:8080"), Optional.empty(), Optional.empty()));
    }

    public static Notice notice(Story story, int attempt) {
        return new Notice(7, "slack", story, SINCE, null, attempt, null);
    }

    public static Report report(Map<String, String> labels, Severity severity, Instant at) {
        return new Report(
                Labels.of(labels),
                Map.of("summary", "something"),
                Source.API,
                severity,
                at.toString(),
                at,
                at,
                null,
                null,
                null,
                null,
                null);
    }

    public static Alert alert(Map<String, String> labels, Severity severity, Instant at) {
        return Alert.firing(report(labels, severity, at), null, at);
    }
}
