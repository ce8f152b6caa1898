package io.flywatch.alerts;

import io.flywatch.alerts.AlertsConfig.DeliveryConfig;
import io.flywatch.alerts.deliver.Backoff;
import io.flywatch.alerts.deliver.Delivery;
import io.flywatch.alerts.deliver.Outcome;
import io.flywatch.alerts.deliver.Receiver;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.Story;
import io.flywatch.events.alert.AlertEvent;
import io.flywatch.events.alert.NoticeDelivered;
import io.flywatch.events.alert.NoticeFailed;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** One attempt: send, then keep what became of it, and say so to the world in the same transaction. */
@Singleton
final class Errand {
    private static final Logger LOG = Logger.getLogger(Errand.class);

    private final Ledger ledger;
    private final Backoff backoff;
    private final DeliveryConfig config;
    private final AlertMetrics metrics;
    private final Clock clock = Clock.systemUTC();

    Errand(Ledger ledger, Backoff backoff, DeliveryConfig config, AlertMetrics metrics) {
        this.ledger = ledger;
        this.backoff = backoff;
        this.config = config;
        this.metrics = metrics;
    }

    void run(Receiver receiver, Notice notice) {
        Delivery delivery = receiver.send(notice);
        Instant now = clock.instant();
        Outcome outcome = Outcome.of(
                delivery,
                notice,
                now,
                backoff,
                config.giveUpAfter(),
                ThreadLocalRandom.current().nextDouble());
        boolean kept = QuarkusTransaction.requiringNew().call(() -> {
            boolean ours = ledger.record(notice, outcome, now);
            if (ours) {
                fact(notice, outcome, now).ifPresent(ledger::tellWorld);
            }
            return ours;
        });
        metrics.attempted(notice, outcome, now);
        log(notice, outcome, kept);
    }

    private static Optional<AlertEvent> fact(Notice notice, Outcome outcome, Instant now) {
        Story story = notice.story();
        return switch (outcome) {
            case Outcome.Done done ->
                Optional.of(new NoticeDelivered(
                        story.migrationId(),
                        story.runId(),
                        now,
                        story.fingerprint(),
                        story.anomaly().rule(),
                        notice.receiver(),
                        story.kind(),
                        done.note()));
            case Outcome.Over over ->
                Optional.of(new NoticeFailed(
                        story.migrationId(),
                        story.runId(),
                        now,
                        story.fingerprint(),
                        story.anomaly().rule(),
                        notice.receiver(),
                        story.kind(),
                        over.note()));
            case Outcome.Again again -> Optional.empty();
        };
    }

    private static void log(Notice notice, Outcome outcome, boolean kept) {
        String what = notice.receiver() + " notice=" + notice.id() + " kind="
                + notice.story().kind() + " attempt=" + notice.attempt() + " kept=" + kept + " answer="
                + outcome.note();
        switch (outcome) {
            case Outcome.Done done -> LOG.infof("notice delivered receiver=%s", what);
            case Outcome.Again again
            when notice.attempt() == 1 -> LOG.warnf("notice tried again at=%s receiver=%s", again.dueAt(), what);
            case Outcome.Again again -> LOG.infof("notice tried again at=%s receiver=%s", again.dueAt(), what);
            case Outcome.Over over -> LOG.warnf("notice refused receiver=%s", what);
        }
    }
}
