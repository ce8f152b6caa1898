package io.flywatch.cdc.adapter.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.cdc.CdcConfig;
import io.flywatch.cdc.VerificationStore.Wish;
import io.flywatch.cdc.Verifications;
import io.flywatch.cdc.verify.Order;
import io.flywatch.events.command.CancelVerification;
import io.flywatch.events.command.CommandEvent;
import io.flywatch.events.command.StartRun;
import io.flywatch.events.command.StartVerification;
import io.flywatch.events.command.UnknownCommand;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Obeys orders for verifications that come by Kafka. The same order again is nothing, as it carries the verification's id. */
@Singleton
public class VerificationCommands {
    private static final Logger LOG = Logger.getLogger(VerificationCommands.class);

    private final Verifications verifications;
    private final CdcConfig config;
    private final ObjectMapper json;

    VerificationCommands(Verifications verifications, CdcConfig config, ObjectMapper json) {
        this.verifications = verifications;
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

    private void start(StartVerification start) {
        Integer most = start.maxRowsPerSecond();
        Order order = new Order(
                start.tables(),
                config.verification().chunkRows(),
                most == null ? config.verification().maxRowsPerSecond().orElse(null) : most,
                1,
                start.changedSince());
        Verifications.Ordered ordered =
                verifications.order(start.migrationId(), start.runId(), start.verificationId(), order);
        LOG.infof(
                "verification ordered migrationId=%s verification=%s answer=%s",
                start.migrationId(), start.verificationId(), ordered.getClass().getSimpleName());
    }
}
