package io.flywatch.runner.adapter.kafka;

import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.kit.events.EventMessages;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** Declares pipelines, and takes them back. Returns when Kafka has confirmed. */
@Singleton
public final class PipelinesOut {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final MutinyEmitter<PipelineDeclared> declared;
    private final MutinyEmitter<Record<String, String>> ended;
    private final EventMessages messages;

    PipelinesOut(
            @Channel("pipelines") MutinyEmitter<PipelineDeclared> declared,
            @Channel("pipeline-ends") MutinyEmitter<Record<String, String>> ended,
            EventMessages messages) {
        this.declared = declared;
        this.ended = ended;
        this.messages = messages;
    }

    /** From now on the processor moves the pipeline's rows. */
    public void declare(PipelineDeclared pipeline) {
        confirmed(declared.sendMessage(messages.of(pipeline.migrationId(), pipeline)));
    }

    /** There is no such pipeline any more. */
    public void end(String migrationId) {
        confirmed(ended.send(Record.of(migrationId, null)));
    }

    private static void confirmed(Uni<Void> sending) {
        try {
            sending.await().atMost(TIMEOUT);
        } catch (TimeoutException | IllegalStateException | CompletionException e) {
            throw new RunFailure(
                    FailureType.KAFKA, "Kafka did not take the pipeline's declaration: " + e + ". Start Kafka.", e);
        }
    }
}
