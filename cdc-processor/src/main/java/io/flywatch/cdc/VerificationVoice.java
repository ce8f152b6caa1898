package io.flywatch.cdc;

import io.flywatch.cdc.verify.Stage;
import io.flywatch.cdc.verify.TableState;
import io.flywatch.cdc.verify.Tally;
import io.flywatch.cdc.verify.Verification;
import io.flywatch.events.verification.Outcome;
import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.events.verification.VerificationFinished.TableResult;
import io.flywatch.events.verification.VerificationProgress;
import io.flywatch.events.verification.VerificationStarted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Tells how one verification is getting on: in events and in meters. */
final class VerificationVoice {
    private static final Logger LOG = Logger.getLogger(VerificationVoice.class);
    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final int SECONDS_TO_TELL = 30;

    private final VerificationPublisher publisher;
    private final VerificationMeters meters;
    private final Clock clock;
    private final VerificationSpeed speed = new VerificationSpeed();
    private Instant told = Instant.EPOCH;

    VerificationVoice(VerificationPublisher publisher, VerificationMeters meters, Clock clock) {
        this.publisher = publisher;
        this.meters = meters;
        this.clock = clock;
    }

    void started(Verification begun) {
        publisher.publish(new VerificationStarted(
                begun.migrationId(), begun.runId(), clock.instant(), begun.id(), sources(begun), begun.whole()));
    }

    private static List<String> sources(Verification verification) {
        return verification.tables().stream().map(TableState::source).toList();
    }

    void compared(TableState now, TableState before) {
        meters.compared(now.source(), before.tally(), now.tally());
    }

    /** Now and then. */
    void progress(Verification now) {
        Instant at = clock.instant();
        speed.add(now.tally().rows(), at);
        meters.progress(now);
        if (Duration.between(told, at).compareTo(BETWEEN) < 0) {
            return;
        }
        told = at;
        Tally sum = now.tally();
        Long expected = expected(now);
        publisher.publish(new VerificationProgress(
                now.migrationId(),
                now.runId(),
                at,
                now.id(),
                sum.rows(),
                expected,
                speed.perSecond(),
                (int) now.tables().stream().filter(TableState::isDone).count(),
                now.tables().size(),
                now.tables().stream()
                        .mapToLong(table -> table.suspects().size())
                        .sum(),
                sum.mismatches(),
                expected == null ? null : speed.eta(expected - sum.rows()).orElse(null)));
    }

    /** How many rows there are; null as long as that is unknown of a table. */
    private static @org.jspecify.annotations.Nullable Long expected(Verification now) {
        boolean known = now.tables().stream().map(TableState::expected).allMatch(Objects::nonNull);
        return known
                ? now.tables().stream()
                        .mapToLong(table -> Math.max(table.tally().rows(), Objects.requireNonNull(table.expected())))
                        .sum()
                : null;
    }

    /** Whether the end has been told for sure. */
    boolean finished(Verification ended) {
        meters.progress(ended);
        try {
            publisher.publish(event(ended)).toCompletableFuture().get(SECONDS_TO_TELL, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | CompletionException e) {
            LOG.warnf(
                    "verification's end not told yet migrationId=%s verification=%s", ended.migrationId(), ended.id());
            return false;
        }
    }

    private VerificationFinished event(Verification ended) {
        Tally sum = ended.tally();
        Instant at = Objects.requireNonNullElseGet(ended.finishedAt(), clock::instant);
        return new VerificationFinished(
                ended.migrationId(),
                ended.runId(),
                at,
                ended.id(),
                Objects.requireNonNullElse(ended.startedAt(), at),
                outcome(ended.stage()),
                ended.reason(),
                ended.whole(),
                sum.rows(),
                sum.missing(),
                sum.extra(),
                sum.different(),
                sum.unsettled(),
                ended.tables().stream().map(VerificationVoice::result).toList());
    }

    private static TableResult result(TableState table) {
        Tally tally = table.tally();
        return new TableResult(
                table.source(),
                table.target(),
                tally.rows(),
                tally.missing(),
                tally.extra(),
                tally.different(),
                tally.unsettled());
    }

    private static Outcome outcome(Stage stage) {
        return switch (stage) {
            case EQUAL -> Outcome.EQUAL;
            case MISMATCHED -> Outcome.MISMATCHED;
            case UNSETTLED -> Outcome.UNSETTLED;
            case CANCELLED -> Outcome.CANCELLED;
            case FAILED, REQUESTED, RUNNING, PAUSED -> Outcome.FAILED;
        };
    }
}
