package io.flywatch.runner.adapter.kafka;

import io.flywatch.events.command.CommandEvent;
import io.flywatch.events.command.StartVerification;
import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.events.verification.VerificationProgress;
import io.flywatch.kit.events.EventMessages;
import io.flywatch.runner.replication.Verifier;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** The processor as the one who verifies: ordered by command, heard by its events. */
@Singleton
final class VerificationOrders implements Verifier {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final MutinyEmitter<CommandEvent> orders;
    private final EventMessages messages;
    private final VerificationView view;

    VerificationOrders(
            @Channel("verification-orders") MutinyEmitter<CommandEvent> orders,
            EventMessages messages,
            VerificationView view) {
        this.orders = orders;
        this.messages = messages;
        this.view = view;
    }

    @Override
    public void order(StartVerification order) {
        try {
            orders.sendMessage(messages.of(order.migrationId(), (CommandEvent) order))
                    .await()
                    .atMost(TIMEOUT);
        } catch (TimeoutException | IllegalStateException | CompletionException e) {
            throw new RunFailure(
                    FailureType.KAFKA, "Kafka did not take the order of a verification: " + e + ". Start Kafka.", e);
        }
    }

    @Override
    public Optional<VerificationProgress> progress(String verificationId) {
        return view.progress(verificationId);
    }

    @Override
    public Optional<VerificationFinished> end(String verificationId) {
        return view.end(verificationId);
    }
}
