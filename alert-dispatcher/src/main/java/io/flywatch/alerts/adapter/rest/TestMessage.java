package io.flywatch.alerts.adapter.rest;

import io.flywatch.alerts.alert.Labels;
import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Delivery.Delivered;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.Story;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.Severity;
import java.time.Instant;

/** A message that says that nothing is the matter, and then that this is over. */
final class TestMessage {

    private static final String MIGRATION = "test";
    private static final String RULE = "test_message";

    private TestMessage() {}

    static Delivery send(Receiver receiver, Instant now) {
        Delivery firing = receiver.send(notice(receiver, NoticeKind.FIRING, now));
        return firing instanceof Delivered ? receiver.send(notice(receiver, NoticeKind.RESOLVED, now)) : firing;
    }

    private static Notice notice(Receiver receiver, NoticeKind kind, Instant now) {
        Anomaly anomaly = new Anomaly(
                "test-" + now.toEpochMilli(),
                RULE,
                "test",
                Severity.INFO,
                0,
                0,
                "seconds",
                now,
                0,
                "This is a test message from Flywatch; nothing is the matter",
                null);
        String fingerprint = Labels.of(RULE, MIGRATION, "test").fingerprint();
        Story story = new Story(kind, fingerprint, MIGRATION, null, anomaly, now, "somebody asked for a test", true);
        return new Notice(kind == NoticeKind.FIRING ? 1 : 2, receiver.name(), story, now, 1);
    }
}
