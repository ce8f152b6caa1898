package io.flywatch.runner.adapter.kafka;

import io.flywatch.events.command.CancelVerification;
import io.flywatch.events.command.CommandEvent;
import io.flywatch.events.command.StartVerification;
import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.events.verification.VerificationProgress;
import io.flywatch.kit.events.EventMessages;
import io.flywatch.runner.replication.Verifier;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;

/** The processor as the one who verifies: ordered by command, heard by its events. */
@Singleton
final class VerificationOrders implements Verifier {
    private static final Logger LOG = Logger.getLogger(VerificationOrders.class);
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
    public boolean order(StartVerification order) {
        return send(order);
    }

    @Override
    public boolean cancel(CancelVerification order) {
        return send(order);
    }

    private boolean send(CommandEvent order) {
        try {
            orders.sendMessage(messages.of(order.migrationId(), order)).await().atMost(TIMEOUT);
            return true;
        } catch (TimeoutException | IllegalStateException | CompletionException e) {
            LOG.warnf("verification's order is not sent yet migration=%s reason=%s", order.migrationId(), e.toString());
            return false;
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
