package io.flywatch.runner.adapter.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.lag.LagEvent;
import io.flywatch.events.lag.LagSample;
import io.flywatch.runner.replication.PipelineView;
import io.flywatch.runner.replication.StalenessLog;
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

    private final Map<String, Past> pasts = new ConcurrentHashMap<>();

    LagView(ObjectMapper json) {
        this.json = json;
    }

    private record Past(String runId, StalenessLog log) {}

    private record Replica(String migrationId, String replica) {}

    @Override
    public void on(ConsumerRecord<String, byte[]> record) throws IOException {
        if (json.readValue(record.value(), LagEvent.class) instanceof LagSample sample) {
            latest.put(new Replica(sample.migrationId(), sample.replica()), sample);
            remember(sample);
        }
    }

    /** A new run of the migration begins anew. */
    private void remember(LagSample sample) {
        Past past = pasts.get(sample.migrationId());
        StalenessLog log = past != null && past.runId.equals(sample.runId()) ? past.log : StalenessLog.empty();
        StalenessLog.Point point = new StalenessLog.Point(sample.at(), sample.stalenessSeconds());
        pasts.put(sample.migrationId(), new Past(sample.runId(), log.plus(point)));
    }

    /** How stale that run's target was lately, by whatever replica. */
    public StalenessLog staleness(String migrationId, String runId) {
        Past past = pasts.get(migrationId);
        return past != null && past.runId.equals(runId) ? past.log : StalenessLog.empty();
    }

    /** All replicas together, of that run alone. */
    public Optional<PipelineView> of(String migrationId, String runId, Instant now) {
        List<LagSample> samples = latest.values().stream()
                .filter(it -> it.migrationId().equals(migrationId) && it.runId().equals(runId))
                .toList();
        return PipelineView.of(samples, now, GONE);
    }
}
