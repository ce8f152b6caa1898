package io.flywatch.runner.adapter.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.alert.AlertEvent;
import io.flywatch.events.alert.AlertFired;
import io.flywatch.events.alert.AlertResolved;
import io.flywatch.events.anomaly.Severity;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The alerts that fire. */
@Singleton
public final class AlertView implements TopicView {
    private final ObjectMapper json;
    private final Map<String, AlertFired> firing = new ConcurrentHashMap<>();

    AlertView(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void on(ConsumerRecord<String, byte[]> record) throws IOException {
        AlertEvent event = json.readValue(record.value(), AlertEvent.class);
        if (event instanceof AlertFired fired) {
            firing.put(fired.fingerprint(), fired);
        } else if (event instanceof AlertResolved resolved) {
            firing.remove(resolved.fingerprint());
        }
    }

    /** The critical ones of a migration, in a sentence each. */
    public List<String> critical(String migrationId) {
        return firing.values().stream()
                .filter(it -> it.severity() == Severity.CRITICAL && migrationId.equals(it.migrationId()))
                .map(it -> it.alertName() + ": " + it.summary())
                .sorted()
                .toList();
    }
}
