package io.flywatch.runner.adapter.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.lag.LagEvent;
import io.flywatch.events.lag.LagSample;
import io.flywatch.runner.replication.PipelineView;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the processor's replicas last said of each run's pipeline. */
@Singleton
public final class LagView implements TopicView {
    private static final Duration GONE = Duration.ofSeconds(15);

    private final ObjectMapper json;
    private final Map<Replica, LagSample> latest = new ConcurrentHashMap<>();

    LagView(ObjectMapper json) {
        this.json = json;
    }

    private record Replica(String migrationId, String replica) {}

    @Override
    public void on(ConsumerRecord<String, byte[]> record) throws IOException {
        if (json.readValue(record.value(), LagEvent.class) instanceof LagSample sample) {
            latest.put(new Replica(sample.migrationId(), sample.replica()), sample);
        }
    }

    /** All replicas together, of that run alone. */
    public Optional<PipelineView> of(String migrationId, String runId, Instant now) {
        List<LagSample> samples = latest.values().stream()
                .filter(it -> it.migrationId().equals(migrationId) && it.runId().equals(runId))
                .toList();
        return PipelineView.of(samples, now, GONE);
    }
}
