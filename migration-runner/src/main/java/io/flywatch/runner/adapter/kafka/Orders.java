package io.flywatch.runner.adapter.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.command.CancelVerification;
import io.flywatch.events.command.CommandEvent;
import io.flywatch.events.command.StartRun;
import io.flywatch.events.command.StartVerification;
import io.flywatch.events.command.UnknownCommand;
import io.flywatch.runner.Answer;
import io.flywatch.runner.CommandOutcome;
import io.flywatch.runner.RunnerMetrics;
import io.flywatch.runner.Runs;
import io.flywatch.runner.run.Trigger;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Obeys one order. One that can't be obeyed, whoever tries, goes to the dead letters with the reason, where its sender finds it.
 * Throws whatever goes by, e.g. a database that is away: then the order is to be given again.
 */
@Singleton
final class Orders {
    private static final Logger LOG = Logger.getLogger(Orders.class);

    private final Runs runs;
    private final ObjectMapper json;
    private final CommandLetters letters;
    private final RunnerMetrics metrics;

    Orders(Runs runs, ObjectMapper json, CommandLetters letters, RunnerMetrics metrics) {
        this.runs = runs;
        this.json = json;
        this.letters = letters;
        this.metrics = metrics;
    }

    void obey(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            refuse(record, CommandOutcome.MALFORMED, "The command has no value.");
            return;
        }
        Optional<CommandEvent> command = parse(record);
        if (command.isEmpty()) {
            return;
        }
        switch (command.get()) {
            case StartRun it -> start(it, record);
            case StartVerification it -> LOG.debug("command is another's");
            case CancelVerification it -> LOG.debug("command is another's");
            case UnknownCommand it -> LOG.debug("command is of a later version");
        }
    }

    private Optional<CommandEvent> parse(ConsumerRecord<byte[], byte[]> record) {
        try {
            CommandEvent command = json.readValue(record.value(), CommandEvent.class);
            if (command != null && command.migrationId() != null) {
                return Optional.of(command);
            }
            refuse(record, CommandOutcome.MALFORMED, "The command names no migration.");
        } catch (IOException e) {
            refuse(record, CommandOutcome.MALFORMED, "The command is no JSON that is understood: " + e.getMessage());
        }
        return Optional.empty();
    }

    private void start(StartRun order, ConsumerRecord<byte[], byte[]> record) {
        Answer answer = runs.start(order.migrationId(), Trigger.command(key(order.idempotencyKey(), record)));
        switch (answer) {
            case Answer.Started it ->
                obeyed(order, CommandOutcome.STARTED, it.run().id());
            case Answer.Repeated it ->
                obeyed(order, CommandOutcome.REPEATED, it.run().id());
            case Answer.Misused it ->
                refuse(
                        record,
                        CommandOutcome.REFUSED,
                        "The key was used before, for run " + it.run().id() + ".");
            case Answer.Busy it ->
                refuse(record, CommandOutcome.REFUSED, "Run " + it.run().id() + " is active.");
            case Answer.Unknown it ->
                refuse(record, CommandOutcome.REFUSED, "There is no migration '" + order.migrationId() + "'.");
            case Answer.Malformed it ->
                refuse(record, CommandOutcome.REFUSED, it.flaws().getFirst().text());
            case Answer.Impossible it ->
                refuse(record, CommandOutcome.REFUSED, it.why().text());
        }
    }

    /** A command may be read twice; without a key of its own, its place in the topic is one. */
    private static String key(@Nullable String given, ConsumerRecord<byte[], byte[]> record) {
        return given == null || given.isBlank()
                ? "command/%d/%d/%d".formatted(record.partition(), record.offset(), record.timestamp())
                : given;
    }

    private void obeyed(StartRun order, CommandOutcome outcome, String run) {
        metrics.command(outcome);
        LOG.infof("command obeyed migration=%s run=%s outcome=%s", order.migrationId(), run, outcome.label());
    }

    private void refuse(ConsumerRecord<byte[], byte[]> record, CommandOutcome outcome, String why) {
        letters.send(record, why);
        metrics.command(outcome);
        LOG.warnf("command refused partition=%s offset=%s reason=%s", record.partition(), record.offset(), why);
    }
}
