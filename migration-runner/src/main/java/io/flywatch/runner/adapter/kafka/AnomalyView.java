package io.flywatch.runner.adapter.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.anomaly.Anomaly;
import io.flywatch.events.anomaly.AnomalyClosed;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.anomaly.AnomalyOpened;
import io.flywatch.events.anomaly.AnomalyUpdated;
import io.flywatch.events.anomaly.UnknownAnomaly;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The anomalies that are open. */
@Singleton
public final class AnomalyView implements TopicView {
    private final ObjectMapper json;
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    AnomalyView(ObjectMapper json) {
        this.json = json;
    }

    private record Open(String migrationId, @Nullable String runId, Anomaly anomaly) {}

    @Override
    public void on(ConsumerRecord<String, byte[]> record) throws IOException {
        AnomalyEvent event = json.readValue(record.value(), AnomalyEvent.class);
        switch (event) {
            case AnomalyOpened it -> keep(it, it.anomaly());
            case AnomalyUpdated it -> keep(it, it.anomaly());
            case AnomalyClosed it -> open.remove(it.anomaly().id());
            case UnknownAnomaly it -> {}
        }
    }

    private void keep(AnomalyEvent event, Anomaly anomaly) {
        open.put(anomaly.id(), new Open(event.migrationId(), event.runId(), anomaly));
    }

    /** Of that run, or of the migration as a whole. */
    public List<Anomaly> of(String migrationId, String runId) {
        return open.values().stream()
                .filter(it -> it.migrationId.equals(migrationId) && (it.runId == null || it.runId.equals(runId)))
                .map(Open::anomaly)
                .toList();
    }
}
