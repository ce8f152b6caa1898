package io.flywatch.alerts.adapter.pagerduty;

import io.flywatch.alerts.adapter.http.JsonPost;
import io.flywatch.alerts.adapter.http.Verdicts;
import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Delivery.Delivered;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.Words;
import io.flywatch.events.alert.NoticeKind;
import java.net.URI;

/** Enqueues events. A trigger that is sent twice has the same dedup key, and makes one incident. */
record PagerDutyReceiver(String name, URI enqueue, String routingKey, JsonPost http, Words words) implements Receiver {

    @Override
    public Delivery send(Notice notice) {
        if (notice.story().kind() == NoticeKind.INFORMATION) {
            return new Delivered("nothing to be sent: an information is no incident");
        }
        String event = PagerDutyEvent.of(notice.story(), words.of(notice.story()), routingKey)
                .text(http::text);
        return Verdicts.of(http.post(enqueue, event), PagerDutyEvent.dedupKey(notice.story()));
    }

    @Override
    public String preview(Notice notice) {
        return http.pretty(
                PagerDutyEvent.of(notice.story(), words.of(notice.story()), "…").body());
    }

    /** Without the routing key, which is a secret. */
    @Override
    public String toString() {
        return "PagerDutyReceiver[" + name + "]";
    }
}
