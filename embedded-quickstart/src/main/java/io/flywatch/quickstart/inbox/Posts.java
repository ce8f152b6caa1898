package io.flywatch.quickstart.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.quickstart.inbox.Letter.Receiver;
import io.flywatch.quickstart.inbox.Letter.Tells;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/** Understands what is posted to Slack and PagerDuty, as far as the demo has to. */
record Posts(ObjectMapper json) {

    /** A message for a Slack channel. */
    Letter slack(byte[] body, Instant at) throws IOException {
        JsonNode message = json.readTree(body);
        String title = message.path("text").asText("");
        String everything = json.writerWithDefaultPrettyPrinter().writeValueAsString(message);
        return new Letter(Receiver.SLACK, at, tells(title), title, everything, "");
    }

    /** An event for PagerDuty's Events API v2. */
    Letter pagerDuty(byte[] body, Instant at) throws IOException {
        JsonNode event = json.readTree(body);
        Tells tells = event.path("event_action").asText().equals("resolve") ? Tells.RESOLVED : Tells.FIRING;
        String title = event.path("payload")
                .path("summary")
                .asText(event.path("dedup_key").asText());
        return new Letter(
                Receiver.PAGERDUTY,
                at,
                tells,
                event.path("event_action").asText() + ": " + title,
                json.writerWithDefaultPrettyPrinter().writeValueAsString(event),
                event.path("dedup_key").asText());
    }

    /** What PagerDuty answers. */
    String pagerDutyAnswer(byte[] body) throws IOException {
        return json.createObjectNode()
                .put("status", "success")
                .put("message", "Event processed")
                .put("dedup_key", json.readTree(body).path("dedup_key").asText())
                .toString();
    }

    /** A subject or first line says "resolved" when it is over. */
    static Tells tells(String title) {
        return title.toLowerCase(Locale.ROOT).contains("resolved") ? Tells.RESOLVED : Tells.FIRING;
    }
}
