package io.flywatch.runner.adapter.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.watch.RunWatched;
import io.flywatch.events.watch.UnknownWatch;
import io.flywatch.events.watch.WatchEvent;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Up to when each run's statistics have been judged by the anomaly-service. */
@Singleton
public final class WatchView implements TopicView {
    private final ObjectMapper json;
    private final Map<String, RunWatched> latest = new ConcurrentHashMap<>();

    WatchView(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void on(ConsumerRecord<String, byte[]> record) throws IOException {
        switch (json.readValue(record.value(), WatchEvent.class)) {
            case RunWatched it -> latest.put(it.migrationId(), it);
            case UnknownWatch it -> {}
        }
    }

    /** Of that run; empty if nobody ever watched it. */
    public Optional<Instant> judgedUpTo(String migrationId, String runId) {
        return Optional.ofNullable(latest.get(migrationId))
                .filter(it -> it.runId().equals(runId))
                .map(RunWatched::judgedUpTo);
    }
}
