package io.flywatch.alerts.adapter.email;

import io.flywatch.alerts.AlertsConfig.DeliveryConfig;
import io.flywatch.alerts.deliver.Leeway;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends mail on an event loop and waits for it.
 *
 * <p>The mail client listens for the server's greeting only once the connection was handed to the thread that asked for it. On any
 * thread but the connection's own event loop the greeting can come before that, is dropped, and the dialogue never begins: measured,
 * on a busy machine, with 4 to 7 of 300 connections opened by virtual, worker and platform threads, and with none of 600 opened on an
 * event loop.
 */
@Singleton
final class LoopMailer {

    private final ReactiveMailer mailer;
    private final Vertx vertx;
    private final Duration timeout;

    @Inject
    LoopMailer(ReactiveMailer mailer, Vertx vertx, DeliveryConfig config) {
        this(mailer, vertx, Leeway.of(config.timeout(), 0).longest());
    }

    LoopMailer(ReactiveMailer mailer, Vertx vertx, Duration timeout) {
        this.mailer = mailer;
        this.vertx = vertx;
        this.timeout = timeout;
    }

    /** Returns when the server took the mail; throws what the mail client says of any trouble. */
    void send(Mail mail) throws TimeoutException, ExecutionException, InterruptedException {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        vertx.runOnContext(loop -> mailer.send(mail).subscribe().with(taken::complete, taken::completeExceptionally));
        taken.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
