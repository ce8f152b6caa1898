package io.flywatch.runner.adapter.kafka;

import io.flywatch.events.progress.ProgressSample;
import io.flywatch.kit.events.EventMessages;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Sends samples straight to Kafka. One that can't be sent is lost: the next second brings the next. */
@Singleton
public final class ProgressOut {
    private final Emitter<ProgressSample> samples;
    private final EventMessages messages;

    ProgressOut(
            @Channel("progress-samples") @OnOverflow(value = OnOverflow.Strategy.DROP) Emitter<ProgressSample> samples,
            EventMessages messages) {
        this.samples = samples;
        this.messages = messages;
    }

    /** Sends without waiting. */
    public void send(ProgressSample sample) {
        samples.send(messages.of(sample.migrationId(), sample));
    }
}
