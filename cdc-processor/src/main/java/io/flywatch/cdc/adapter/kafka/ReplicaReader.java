package io.flywatch.cdc.adapter.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.cdc.LagSampler;
import io.flywatch.events.Topics;
import io.flywatch.events.lag.LagEvent;
import io.flywatch.events.lag.LagSample;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Hears what the replicas of the processor measure, from now on. */
@Singleton
final class ReplicaReader {
    private static final Logger LOG = Logger.getLogger(ReplicaReader.class);

    private final TopicLoop loop;
    private final LagSampler sampler;
    private final ObjectMapper json;

    ReplicaReader(KafkaClients clients, LagSampler sampler, ObjectMapper json) {
        this.loop = new TopicLoop(Topics.LAG, TopicLoop.From.NOW, clients::samples, () -> {}, this::on);
        this.sampler = sampler;
        this.json = json;
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    private void on(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            if (json.readValue(record.value(), LagEvent.class) instanceof LagSample sample) {
                sampler.heard(sample);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debugf("sample unreadable offset=%d reason=%s", record.offset(), e);
        }
    }
}
