package io.flywatch.runner.adapter.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.command.CommandEvent;
import io.flywatch.events.command.StartRun;
import io.flywatch.runner.Runs;
import io.flywatch.runner.run.Trigger;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Obeys orders that come by Kafka. An order that can't be obeyed is told in the log, and its run, if there is one, says why. */
@Singleton
public class CommandsIn {
    private static final Logger LOG = Logger.getLogger(CommandsIn.class);

    private final Runs runs;
    private final ObjectMapper json;

    CommandsIn(Runs runs, ObjectMapper json) {
        this.runs = runs;
        this.json = json;
    }

    /** Waits while the control database is away: an order is not passed over. */
    @Incoming("commands")
    @Blocking
    @Retry(maxRetries = -1, maxDuration = 0, delay = 2, delayUnit = ChronoUnit.SECONDS)
    public void on(byte[] value) {
        Optional<CommandEvent> command = parse(value);
        if (command.isPresent() && command.get() instanceof StartRun start) {
            var answer = runs.start(start.migrationId(), Trigger.command(start.idempotencyKey()));
            LOG.infof("command obeyed migration=%s answer=%s", start.migrationId(), answer);
        }
    }

    private Optional<CommandEvent> parse(byte[] value) {
        try {
            return Optional.ofNullable(json.readValue(value, CommandEvent.class));
        } catch (IOException e) {
            LOG.warnf("command is not understood reason=%s", e.getMessage());
            return Optional.empty();
        }
    }
}
