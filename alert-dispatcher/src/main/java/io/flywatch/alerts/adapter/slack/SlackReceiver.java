package io.flywatch.alerts.adapter.slack;

import io.flywatch.alerts.adapter.http.JsonPost;
import io.flywatch.alerts.adapter.http.Verdicts;
import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.notice.Links;
import io.flywatch.alerts.notice.Message;
import io.flywatch.alerts.notice.Notice;
import java.net.URI;

/** Posts to an incoming webhook. Slack knows no key against doubles, so that after a crash in between it is told twice. */
record SlackReceiver(String name, URI webhook, JsonPost http, Links links) implements Receiver {

    @Override
    public Delivery send(Notice notice) {
        Message message = Message.of(notice.story(), links);
        return Verdicts.of(http.post(webhook, http.tree(SlackMessage.of(message))), "ok");
    }

    /** Without the webhook's address, which is a secret. */
    @Override
    public String toString() {
        return "SlackReceiver[" + name + "]";
    }
}
