package io.flywatch.anomaly.adapter.kafka;

import io.flywatch.anomaly.AnomalyMetrics;
import io.flywatch.events.anomaly.AnomalyEvent;
import io.flywatch.kit.events.EventMessages;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;
import org.slf4j.MDC;

/** Tells the world; comes back when Kafka has it. */
@Singleton
final class AnomalyPublisher {
    private static final Logger LOG = Logger.getLogger(AnomalyPublisher.class);

    private final MutinyEmitter<AnomalyEvent> emitter;
    private final EventMessages messages;
    private final AnomalyMetrics metrics;

    AnomalyPublisher(
            @Channel("anomalies") MutinyEmitter<AnomalyEvent> emitter, EventMessages messages, AnomalyMetrics metrics) {
        this.emitter = emitter;
        this.messages = messages;
        this.metrics = metrics;
    }

    void publish(List<AnomalyEvent> events) {
        for (AnomalyEvent event : events) {
            emitter.sendMessageAndAwait(messages.of(event.migrationId(), event));
            metrics.told(event);
            try (var scope = MDC.putCloseable("migrationId", event.migrationId())) {
                LOG.infof("anomaly told event=%s", event);
            }
        }
    }
}
