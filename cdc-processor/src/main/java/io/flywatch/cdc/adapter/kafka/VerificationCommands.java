package io.flywatch.cdc.adapter.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.cdc.CdcConfig;
import io.flywatch.cdc.VerificationPublisher;
import io.flywatch.cdc.VerificationStore.Wish;
import io.flywatch.cdc.Verifications;
import io.flywatch.cdc.Verifications.Ordered;
import io.flywatch.cdc.verify.Order;
import io.flywatch.events.command.CancelVerification;
import io.flywatch.events.command.CommandEvent;
import io.flywatch.events.command.StartRun;
import io.flywatch.events.command.StartVerification;
import io.flywatch.events.command.UnknownCommand;
import io.flywatch.events.verification.Outcome;
import io.flywatch.events.verification.VerificationFinished;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Obeys orders for verifications that come by Kafka. The same order again is nothing, as it carries the verification's id. */
@Singleton
public class VerificationCommands {
    private static final Logger LOG = Logger.getLogger(VerificationCommands.class);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Verifications verifications;
    private final CdcConfig config;
    private final VerificationPublisher publisher;
    private final ObjectMapper json;

    VerificationCommands(
            Verifications verifications, CdcConfig config, VerificationPublisher publisher, ObjectMapper json) {
        this.verifications = verifications;
        this.publisher = publisher;
        this.config = config;
        this.json = json;
    }

    /** Waits while the target is away: an order is not passed over. */
    @Incoming("commands")
    @Blocking
    @Retry(maxRetries = -1, maxDuration = 0, delay = 2, delayUnit = ChronoUnit.SECONDS)
    public void on(byte[] value) {
        try {
            obey(json.readValue(value, CommandEvent.class));
        } catch (IOException e) {
            LOG.warnf("command is not understood reason=%s", e.getClass().getSimpleName());
        }
    }

    private void obey(CommandEvent command) {
        switch (command) {
            case StartVerification start -> start(start);
            case CancelVerification cancel ->
                verifications
                        .store(cancel.migrationId())
                        .ifPresent(store -> store.wish(cancel.migrationId(), cancel.verificationId(), Wish.CANCEL));
            case StartRun ofTheRunner -> {}
            case UnknownCommand unknown -> {}
        }
    }

    /** An order is never dropped in silence: one that can't be done is answered as failed, so that nobody waits for it. */
    private void start(StartVerification start) {
        Integer most = start.maxRowsPerSecond();
        Order order = new Order(
                start.tables(),
                config.verification().chunkRows(),
                most == null ? config.verification().maxRowsPerSecond().orElse(null) : most,
                1,
                start.changedSince(),
                null);
        Ordered ordered = verifications.order(start.migrationId(), start.runId(), start.verificationId(), order);
        LOG.infof(
                "verification ordered migrationId=%s verification=%s answer=%s",
                start.migrationId(), start.verificationId(), ordered.getClass().getSimpleName());
        switch (ordered) {
            case Ordered.Accepted accepted -> {}
            case Ordered.Known known -> {}
            case Ordered.NoPipeline none -> noPipeline(start);
            case Ordered.NoTables none ->
                refuse(start, "the pipeline has no tables " + String.join(", ", none.unknown()));
            case Ordered.Impossible impossible -> refuse(start, impossible.reason());
        }
    }

    /** The order may have overtaken the declaration of its pipeline, which comes on another topic. */
    private void noPipeline(StartVerification start) {
        if (Duration.between(start.at(), Instant.now()).compareTo(PATIENCE) < 0) {
            throw new IllegalStateException("the pipeline is not declared yet");
        }
        refuse(start, "there is no pipeline of this run");
    }

    private void refuse(StartVerification start, String reason) {
        Instant now = Instant.now();
        publisher.publish(new VerificationFinished(
                start.migrationId(),
                start.runId(),
                now,
                start.verificationId(),
                now,
                Outcome.FAILED,
                reason,
                false,
                0,
                0,
                0,
                0,
                0,
                List.of()));
    }
}
