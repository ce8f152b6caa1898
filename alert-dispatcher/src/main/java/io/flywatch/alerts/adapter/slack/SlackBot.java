package io.flywatch.alerts.adapter.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.flywatch.alerts.adapter.http.Answer;
import io.flywatch.alerts.adapter.http.Answer.Answered;
import io.flywatch.alerts.adapter.http.JsonPost;
import io.flywatch.alerts.adapter.http.Reach;
import io.flywatch.alerts.adapter.http.Verdicts;
import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Delivery.Delivered;
import io.flywatch.alerts.deliver.Delivery.Refused;
import io.flywatch.alerts.deliver.Delivery.Retry;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.notice.Message;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.Words;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Speaks Slack's Web API: the first message of a thread is posted, and is edited as the alert goes on, with a reply below it that says
 * what happened. Slack answers 200 to what it refuses, and says so in the body.
 */
final class SlackBot implements Receiver {

    private static final Set<String> PASSING = Set.of(
            "internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited", "rate_limited");
    private static final Set<String> NOT_EDITABLE =
            Set.of("message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found");

    private final String name;
    private final String api;
    private final String token;
    private final String channel;
    private final JsonPost http;
    private final Words words;

    SlackBot(String name, String api, String token, String channel, JsonPost http, Words words) {
        this.name = name;
        this.api = api;
        this.token = token;
        this.channel = channel;
        this.http = http;
        this.words = words;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Delivery send(Notice notice) {
        Message told = words.of(notice.story());
        Map<String, Object> message = new HashMap<>(SlackMessage.of(told));
        String reference = notice.reference();
        if (reference == null || !reference.contains("|")) {
            message.put("channel", channel);
            return call("chat.postMessage", message, null);
        }
        String where = reference.substring(0, reference.indexOf('|'));
        String first = reference.substring(reference.indexOf('|') + 1);
        message.put("channel", where);
        message.put("ts", first);
        Delivery edited = call("chat.update", message, reference);
        if (edited instanceof Refused refused && NOT_EDITABLE.stream().anyMatch(refused.why()::endsWith)) {
            message.remove("ts");
            message.put("channel", channel);
            return call("chat.postMessage", message, null);
        }
        if (!(edited instanceof Delivered)) {
            return edited;
        }
        Map<String, Object> reply =
                Map.of("channel", where, "thread_ts", first, "text", SlackMessage.reply(told), "unfurl_links", false);
        return call("chat.postMessage", reply, reference);
    }

    private Delivery call(String method, Map<String, Object> body, @Nullable String reference) {
        Answer answer = http.post(
                URI.create(api + "/" + method),
                http.text(body),
                Map.of("Authorization", "Bearer " + token),
                Reach.ANYWHERE);
        if (!(answer instanceof Answered(int status, String text, var after)) || status != 200) {
            return Verdicts.of(answer, "ok");
        }
        JsonNode said = http.tree(text);
        if (said.path("ok").asBoolean(false)) {
            String posted =
                    said.path("channel").asText() + "|" + said.path("ts").asText();
            return new Delivered("ok " + said.path("ts").asText(), reference == null ? posted : reference);
        }
        String error = said.path("error").asText("an answer that is no JSON");
        return PASSING.contains(error) || said.path("error").isMissingNode()
                ? new Retry(after, "Slack says " + error)
                : new Refused("Slack says " + error);
    }

    @Override
    public String preview(Notice notice) {
        return http.pretty(SlackMessage.of(words.of(notice.story())));
    }
}
