package io.flywatch.cdc.adapter.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.cdc.Pipelines;
import io.flywatch.events.Topics;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.pipeline.PipelineEvent;
import io.flywatch.events.pipeline.UnknownPipeline;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Reads which pipelines there are, from the beginning of their compacted topic, and goes on reading. */
@Singleton
final class PipelineReader {
    private static final Logger LOG = Logger.getLogger(PipelineReader.class);

    private final TopicLoop loop;
    private final Pipelines pipelines;
    private final ObjectMapper json;

    PipelineReader(KafkaClients clients, Pipelines pipelines, ObjectMapper json) {
        this.loop = new TopicLoop(Topics.PIPELINES, TopicLoop.From.BEGINNING, clients::pipelines, () -> {}, this::on);
        this.pipelines = pipelines;
        this.json = json;
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    private void on(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String id = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            pipelines.end(id);
            return;
        }
        try {
            switch (json.readValue(record.value(), PipelineEvent.class)) {
                case PipelineDeclared declared -> pipelines.declare(declared);
                case UnknownPipeline unknown -> LOG.warnf("pipeline event of an unknown type migrationId=%s", id);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warnf(e, "pipeline event unreadable migrationId=%s offset=%d", id, record.offset());
        }
    }
}
