package io.flywatch.alerts.adapter.pagerduty;

import io.flywatch.alerts.notice.Message;
import io.flywatch.alerts.notice.Message.Fact;
import io.flywatch.alerts.notice.Story;
import io.flywatch.alerts.notice.Text;
import io.flywatch.events.anomaly.Severity;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An event of the Events API v2, within its limits: 1,024 characters of summary, 255 of dedup key, 512 KB in all.
 *
 * @param body what is posted
 */
record PagerDutyEvent(Map<String, Object> body) {

    private static final int SUMMARY = 1024;
    private static final int SOURCE = 255;
    private static final int DETAIL = 16_384;
    private static final int WHOLE = 512_000;
    private static final String DETAILS = "custom_details";

    /** What tells PagerDuty that two events are of one incident; the same each time for the same trouble. */
    static String dedupKey(Story story) {
        return "flywatch-" + story.thread();
    }

    static PagerDutyEvent of(Story story, Message message, String routingKey) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("routing_key", routingKey);
        event.put(
                "event_action",
                switch (story.kind()) {
                    case RESOLVED -> "resolve";
                    case ACKNOWLEDGED -> "acknowledge";
                    case FIRING, INFORMATION -> "trigger";
                });
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
        String image = story.first().urls().get("Image");
        // PagerDuty shows none that is not served by HTTPS.
        if (image != null && image.startsWith("https://")) {
            event.put(
                    "images",
                    List.of(Map.of(
                            "src", image, "alt", Text.oneLine(story.first().name()))));
        }
        event.put("payload", payload(story, message));
        return new PagerDutyEvent(event);
    }

    private static Map<String, Object> payload(Story story, Message message) {
        Map<String, Object> payload = new LinkedHashMap<>();
        String where = story.firing() + story.ended() == 1 ? story.first().where() : story.where();
        payload.put("summary", Text.atMost(Text.oneLine(summary(message, where)), SUMMARY));
        payload.put("source", Text.atMost("flywatch/" + Text.oneLine(where), SOURCE));
        payload.put("severity", severity(message.severity()));
        payload.put("timestamp", story.first().since().toString());
        if (!where.isBlank()) {
            payload.put("component", Text.atMost(Text.oneLine(where), SOURCE));
        }
        payload.put("class", Text.atMost(Text.oneLine(story.first().name()), SOURCE));
        payload.put(DETAILS, details(message.facts()));
        return payload;
    }

    /** A telephone shows and says nothing else: where it is has to be in it. */
    private static String summary(Message message, String where) {
        String said = message.summary();
        return where.isEmpty() || said.contains(where) ? said : where + ": " + said;
    }

    /** As JSON. What would be too large is cut: the details go first. */
    String text(Function<Object, String> json) {
        String whole = json.apply(body);
        if (whole.getBytes(StandardCharsets.UTF_8).length < WHOLE) {
            return whole;
        }
        Map<String, Object> less = new LinkedHashMap<>(body);
        if (body.get("payload") instanceof Map<?, ?> payload) {
            Map<Object, Object> cut = new LinkedHashMap<>(payload);
            cut.put(DETAILS, Map.of("cut", "the details were too large for PagerDuty"));
            less.put("payload", cut);
        }
        String without = json.apply(less);
        if (without.getBytes(StandardCharsets.UTF_8).length < WHOLE) {
            return without;
        }
        less.remove("links");
        less.remove("images");
        less.remove("client_url");
        return json.apply(less);
    }

    private static Map<String, String> details(List<Fact> facts) {
        return facts.stream()
                .collect(Collectors.toMap(
                        Fact::name,
                        fact -> Text.atMost(fact.text(), DETAIL),
                        (one, other) -> Text.atMost(one + "\n" + other, DETAIL),
                        LinkedHashMap::new));
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case INFO -> "info";
            case WARNING -> "warning";
            case CRITICAL -> "critical";
        };
    }
}
