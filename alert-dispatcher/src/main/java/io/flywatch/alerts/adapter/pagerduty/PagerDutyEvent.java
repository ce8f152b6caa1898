package io.flywatch.alerts.adapter.pagerduty;

import io.flywatch.alerts.notice.Message;
import io.flywatch.alerts.notice.Message.Fact;
import io.flywatch.alerts.notice.Story;
import io.flywatch.alerts.notice.Text;
import io.flywatch.events.anomaly.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An event of the Events API v2, within its limits: 1,024 characters of summary, 255 of dedup key. */
final class PagerDutyEvent {

    private static final int SUMMARY = 1024;
    private static final int SOURCE = 255;
    private static final int DETAIL = 4096;

    private PagerDutyEvent() {}

    /** What tells PagerDuty that two events are of one incident; the same each time for the same trouble. */
    static String dedupKey(Story story) {
        return "flywatch-" + story.fingerprint();
    }

    static Map<String, Object> of(Story story, Message message, String routingKey) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("routing_key", routingKey);
        event.put("event_action", story.isOver() ? "resolve" : "trigger");
        event.put("dedup_key", dedupKey(story));
        event.put("client", "Flywatch");
        if (!message.links().isEmpty()) {
            event.put("client_url", message.links().getFirst().url());
        }
        event.put(
                "links",
                message.links().stream()
                        .map(link -> Map.of("href", link.url(), "text", link.text()))
                        .toList());
        event.put("payload", payload(story, message));
        return event;
    }

    private static Map<String, Object> payload(Story story, Message message) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("summary", Text.atMost(Text.oneLine(message.summary()), SUMMARY));
        payload.put("source", Text.atMost("flywatch/" + Text.oneLine(story.migrationId()), SOURCE));
        payload.put("severity", severity(message.severity()));
        payload.put("timestamp", story.anomaly().since().toString());
        payload.put("component", Text.oneLine(story.migrationId()));
        payload.put("class", story.anomaly().rule());
        payload.put("custom_details", details(message.facts()));
        return payload;
    }

    private static Map<String, String> details(List<Fact> facts) {
        return facts.stream()
                .collect(Collectors.toMap(
                        Fact::name, fact -> Text.atMost(fact.text(), DETAIL), (one, other) -> one, LinkedHashMap::new));
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case INFO -> "info";
            case WARNING -> "warning";
            case CRITICAL -> "critical";
        };
    }
}
