package io.flywatch.alerts;

import io.flywatch.alerts.alert.Report;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.Story;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.Severity;
import java.time.Instant;

/** Things to tell. */
public final class Stories {

    public static final Instant SINCE = Instant.parse("2026-11-22T14:03:10Z");

    private Stories() {}

    public static Anomaly anomaly(String id, Severity severity, String summary) {
        return new Anomaly(
                id, "high_lag", "lag", severity, 73, 60, "seconds", SINCE, 80, summary, "the target is slow");
    }

    public static Story story(NoticeKind kind, String migration, String summary) {
        Anomaly anomaly = anomaly("ep", Severity.WARNING, summary);
        return new Story(kind, "f".repeat(64), migration, "run", anomaly, SINCE.plusSeconds(90), "it is new", false);
    }

    public static Notice notice(Story story, int attempt) {
        return new Notice(7, "slack", story, SINCE, attempt);
    }

    public static Report opens(String episode, Severity severity) {
        return report(new AnomalyOpened("shop", "run", SINCE, anomaly(episode, severity, "shop: lag")));
    }

    public static Report ends(String episode) {
        Anomaly anomaly = anomaly(episode, Severity.WARNING, "shop: lag");
        return report(new AnomalyClosed("shop", "run", SINCE.plusSeconds(60), anomaly, "back in range"));
    }

    private static Report report(AnomalyEvent event) {
        return Report.of(event).orElseThrow();
    }
}
