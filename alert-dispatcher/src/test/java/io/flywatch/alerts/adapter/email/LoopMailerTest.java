package io.flywatch.alerts.adapter.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopMailerTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void opensConnectionsOnAnEventLoopAlone() throws Exception {
        boolean[] loop = new boolean[1];
        ReactiveMailer mailer = mails -> Uni.createFrom()
                .<Void>nullItem()
                .onSubscription()
                .invoke(() -> loop[0] = Context.isOnEventLoopThread());

        new LoopMailer(mailer, vertx, Duration.ofSeconds(30)).send(new Mail());

        assertThat(loop[0]).isTrue();
    }

    @Test
    void passesOnWhatIsTheMatter() {
        ReactiveMailer broken = mails -> Uni.createFrom().failure(new IllegalStateException("no"));
        ReactiveMailer silent = mails -> Uni.createFrom().nothing();

        assertThatThrownBy(() -> new LoopMailer(broken, vertx, Duration.ofSeconds(30)).send(new Mail()))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("no");
        assertThatThrownBy(() -> new LoopMailer(silent, vertx, Duration.ofMillis(20)).send(new Mail()))
                .isInstanceOf(TimeoutException.class);
    }
}
