package io.flywatch.cdc.adapter.kafka;

import io.flywatch.cdc.SamplePublisher;
import io.flywatch.events.lag.LagEvent;
import io.flywatch.events.lag.LagSample;
import io.flywatch.kit.events.EventMessages;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Sends samples to Kafka. */
@Singleton
final class LagPublisher implements SamplePublisher {
    private static final Logger LOG = Logger.getLogger(LagPublisher.class);

    private final Emitter<LagEvent> lag;
    private final EventMessages messages;

    LagPublisher(@Channel("lag") @OnOverflow(OnOverflow.Strategy.DROP) Emitter<LagEvent> lag, EventMessages messages) {
        this.lag = lag;
        this.messages = messages;
    }

    @Override
    public void publish(LagSample sample) {
        try {
            lag.send(messages.of(sample.migrationId(), sample));
        } catch (RuntimeException e) {
            LOG.debugf("sample dropped migrationId=%s reason=%s", sample.migrationId(), e);
        }
    }
}
