package io.flywatch.kit.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.FlywatchEvent;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** Makes Kafka records of events: JSON value, key, and CloudEvents 1.0 attributes in the headers. */
@Singleton
public final class EventMessages {

    private final ObjectMapper json;
    private final URI source;

    EventMessages(
            ObjectMapper json,
            @ConfigProperty(name = "quarkus.application.name", defaultValue = "flywatch") String service) {
        this.json = json;
        this.source = URI.create("/flywatch/" + service);
    }

    /**
     * The record of an event.
     *
     * @param key the id whose order matters
     */
    public <E extends FlywatchEvent> Message<E> of(String key, E event) {
        return Message.of(
                event,
                Metadata.of(
                        OutgoingKafkaRecordMetadata.<String>builder()
                                .withKey(key)
                                .withTimestamp(event.at())
                                .build(),
                        OutgoingCloudEventMetadata.builder()
                                .withId(UUID.randomUUID().toString())
                                .withType(typeOf(event))
                                .withSource(source)
                                .withSubject(key)
                                .withTimestamp(event.at().atZone(ZoneOffset.UTC))
                                .withDataContentType("application/json")
                                .build()));
    }

    private String typeOf(FlywatchEvent event) {
        return "io.flywatch." + json.valueToTree(event).path("type").asText();
    }
}
