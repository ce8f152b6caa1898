package io.flywatch.alerts.adapter.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.alerts.AlertMetrics;
import io.flywatch.alerts.Pulse;
import io.flywatch.events.progress.ProgressEvent;
import io.flywatch.events.progress.ProgressSample;
import io.flywatch.events.progress.RunFailed;
import io.flywatch.events.progress.RunFinished;
import io.flywatch.events.progress.RunPaused;
import io.flywatch.events.progress.RunState;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/** Hears of runs, to know when nothing is heard of them any more. */
@Singleton
public class StatisticsIntake {

    private final ObjectMapper json;
    private final Pulse pulse;
    private final AlertMetrics metrics;
    private final Patience patience;

    StatisticsIntake(ObjectMapper json, Pulse pulse, AlertMetrics metrics, Patience patience) {
        this.json = json;
        this.pulse = pulse;
        this.metrics = metrics;
        this.patience = patience;
    }

    /** Takes one in. */
    @Incoming("statistics")
    @Blocking
    public void on(ConsumerRecord<String, byte @Nullable []> found) {
        byte[] value = found.value();
        if (value == null) {
            return;
        }
        try {
            ProgressEvent event = json.readValue(value, ProgressEvent.class);
            patience.untilStored(() -> hear(event)).ifPresent(fault -> metrics.eventSkipped("failed"));
        } catch (IOException e) {
            metrics.eventSkipped("unreadable");
        }
    }

    private void hear(ProgressEvent event) {
        switch (event) {
            case ProgressSample sample
            when sample.state() == RunState.RUNNING -> pulse.heard(sample.migrationId(), sample.runId());
            case RunFailed failed ->
                pulse.ended(
                        failed.migrationId(),
                        failed.runId(),
                        failed.migrationId() + ": " + failed.message(),
                        failed.at());
            case RunFinished finished -> pulse.ended(finished.migrationId(), finished.runId(), null, finished.at());
            case RunPaused paused -> pulse.ended(paused.migrationId(), paused.runId(), null, paused.at());
            default -> {}
        }
    }
}
