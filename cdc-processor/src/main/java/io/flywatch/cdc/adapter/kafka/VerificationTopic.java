package io.flywatch.cdc.adapter.kafka;

import io.flywatch.cdc.VerificationPublisher;
import io.flywatch.events.verification.VerificationEvent;
import io.flywatch.kit.events.EventMessages;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Sends what verifications tell to Kafka. */
@Singleton
final class VerificationTopic implements VerificationPublisher {
    private final Emitter<VerificationEvent> events;
    private final EventMessages messages;

    VerificationTopic(
            @Channel("verifications") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 256)
                    Emitter<VerificationEvent> events,
            EventMessages messages) {
        this.events = events;
        this.messages = messages;
    }

    @Override
    public CompletionStage<Void> publish(VerificationEvent event) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        try {
            events.send(messages.of(event.migrationId(), event)
                    .withAck(() -> {
                        told.complete(null);
                        return CompletableFuture.completedStage(null);
                    })
                    .withNack(reason -> {
                        told.completeExceptionally(reason);
                        return CompletableFuture.completedStage(null);
                    }));
        } catch (RuntimeException e) {
            told.completeExceptionally(e);
        }
        return told;
    }
}
