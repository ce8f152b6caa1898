package io.flywatch.anomaly.adapter.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.anomaly.AnomalyMetrics;
import io.flywatch.anomaly.AnomalyMetrics.Skipped;
import io.flywatch.events.FlywatchEvent;
import io.flywatch.events.Topics;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.events.anomaly.UnknownAnomaly;
import io.flywatch.events.lag.LagEvent;
import io.flywatch.events.lag.UnknownLag;
import io.flywatch.events.progress.ProgressEvent;
import io.flywatch.events.progress.UnknownProgress;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes events of records. What can't be read is counted and skipped. */
@Singleton
final class Decoder {
    private static final Logger LOG = Logger.getLogger(Decoder.class);

    private static final Map<String, Class<? extends FlywatchEvent>> TYPES = Map.of(
            Topics.PROGRESS, ProgressEvent.class, Topics.LAG, LagEvent.class, Topics.ANOMALIES, AnomalyEvent.class);
    private static final Map<String, String> LABELS =
            Map.of(Topics.PROGRESS, "progress", Topics.LAG, "lag", Topics.ANOMALIES, "anomalies");

    private final ObjectMapper json;
    private final AnomalyMetrics metrics;

    Decoder(ObjectMapper json, AnomalyMetrics metrics) {
        this.json = json;
        this.metrics = metrics;
    }

    Optional<FlywatchEvent> decode(ConsumerRecord<String, byte @Nullable []> found) {
        byte[] value = found.value();
        if (value == null) {
            return skip(found, Skipped.UNREADABLE, "it has no value");
        }
        metrics.eventRead(label(found));
        try {
            FlywatchEvent event = json.readValue(value, TYPES.get(found.topic()));
            if (event instanceof UnknownProgress || event instanceof UnknownLag || event instanceof UnknownAnomaly) {
                metrics.eventSkipped(label(found), Skipped.UNKNOWN);
                return Optional.empty();
            }
            return isWhole(event)
                    ? Optional.of(event)
                    : skip(found, Skipped.UNREADABLE, "migrationId or at is missing");
        } catch (IOException e) {
            return skip(found, Skipped.UNREADABLE, e.getClass().getSimpleName());
        }
    }

    /** Jackson fills what the JSON leaves out with null, whatever the contract says. */
    @SuppressWarnings("ConstantValue")
    private static boolean isWhole(@Nullable FlywatchEvent event) {
        return event != null && event.migrationId() != null && event.at() != null;
    }

    /** Notes that an event could not be worked with. */
    void failed(ConsumerRecord<String, byte @Nullable []> found, RuntimeException why) {
        skip(found, Skipped.FAILED, why.toString());
    }

    private Optional<FlywatchEvent> skip(ConsumerRecord<?, ?> found, Skipped reason, String why) {
        metrics.eventSkipped(label(found), reason);
        LOG.warnf(
                "event skipped topic=%s partition=%d offset=%d reason=%s why=%s",
                found.topic(), found.partition(), found.offset(), reason, why);
        return Optional.empty();
    }

    private static String label(ConsumerRecord<?, ?> found) {
        return LABELS.getOrDefault(found.topic(), "other");
    }
}
