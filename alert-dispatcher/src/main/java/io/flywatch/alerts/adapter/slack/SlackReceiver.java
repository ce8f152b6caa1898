package io.flywatch.alerts.adapter.slack;

import io.flywatch.alerts.adapter.http.JsonPost;
import io.flywatch.alerts.adapter.http.Verdicts;
import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.Words;
import java.net.URI;

/** Posts to an incoming webhook. Slack knows no key against doubles, so that after a crash in between it is told twice. */
record SlackReceiver(String name, URI webhook, JsonPost http, Words words) implements Receiver {

    @Override
    public Delivery send(Notice notice) {
        return Verdicts.of(http.post(webhook, http.text(SlackMessage.of(words.of(notice.story())))), "ok");
    }

    @Override
    public String preview(Notice notice) {
        return http.pretty(SlackMessage.of(words.of(notice.story())));
    }

    /** Without the webhook's address, which is a secret. */
    @Override
    public String toString() {
        return "SlackReceiver[" + name + "]";
    }
}
