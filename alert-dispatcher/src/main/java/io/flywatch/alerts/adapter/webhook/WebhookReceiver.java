package io.flywatch.alerts.adapter.webhook;

import io.flywatch.alerts.SteadyClock;
import io.flywatch.alerts.adapter.http.JsonPost;
import io.flywatch.alerts.adapter.http.Reach;
import io.flywatch.alerts.adapter.http.Verdicts;
import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.notice.Message;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.Words;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Posts JSON. The notice's id stands in a header, the same each time, by which a receiver can leave out what comes twice. */
record WebhookReceiver(
        String name, URI url, Optional<Signature> signature, Reach reach, JsonPost http, Words words, SteadyClock clock)
        implements Receiver {

    @Override
    public Delivery send(Notice notice) {
        String body = http.text(body(notice));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Idempotency-Key", "flywatch-notice-" + notice.id());
        headers.put("X-Flywatch-Attempt", String.valueOf(notice.attempt()));
        signature.ifPresent(key -> headers.put("X-Flywatch-Signature", key.of(body, clock.instant())));
        return Verdicts.of(http.post(url, body, headers, reach), "taken");
    }

    private Map<String, Object> body(Notice notice) {
        Message message = words.of(notice.story());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", "1");
        body.put("id", notice.id());
        body.put("kind", message.kind());
        body.put("severity", message.severity());
        body.put("title", message.title());
        body.put("summary", message.summary());
        body.put("thread", notice.story().thread());
        body.put("group", notice.story().group());
        body.put("firing", notice.story().firing());
        body.put("ended", notice.story().ended());
        body.put("because", notice.story().note());
        body.put("at", notice.story().at());
        body.put("test", notice.story().test());
        body.put("audience", notice.story().audience());
        body.put("links", message.links());
        body.put("alerts", notice.story().alerts());
        return body;
    }

    @Override
    public String preview(Notice notice) {
        return http.pretty(body(notice));
    }

    /** Without address and secret. */
    @Override
    public String toString() {
        return "WebhookReceiver[" + name + "]";
    }
}
