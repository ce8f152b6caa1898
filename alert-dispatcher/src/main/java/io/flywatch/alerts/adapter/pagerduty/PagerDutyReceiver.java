package io.flywatch.alerts.adapter.pagerduty;

import io.flywatch.alerts.adapter.http.JsonPost;
import io.flywatch.alerts.adapter.http.Verdicts;
import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.notice.Links;
import io.flywatch.alerts.notice.Message;
import io.flywatch.alerts.notice.Notice;
import java.net.URI;

/** Enqueues events. A trigger that is sent twice has the same dedup key, and makes one incident. */
record PagerDutyReceiver(String name, URI enqueue, String routingKey, JsonPost http, Links links) implements Receiver {

    @Override
    public Delivery send(Notice notice) {
        Message message = Message.of(notice.story(), links);
        String dedupKey = PagerDutyEvent.dedupKey(notice.story());
        return Verdicts.of(
                http.post(enqueue, http.tree(PagerDutyEvent.of(notice.story(), message, routingKey))), dedupKey);
    }

    /** Without the routing key, which is a secret. */
    @Override
    public String toString() {
        return "PagerDutyReceiver[" + name + "]";
    }
}
