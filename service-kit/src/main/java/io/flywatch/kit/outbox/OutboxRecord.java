package io.flywatch.kit.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.debezium.outbox.quarkus.ExportedEvent;
import io.flywatch.events.FlywatchEvent;
import java.time.Instant;

/** An event on its way out of a transaction; Debezium's event router brings it to its topic. */
public final class OutboxRecord implements ExportedEvent<String, JsonNode> {

    private final String topic;
    private final String key;
    private final Instant at;
    private final JsonNode payload;

    private OutboxRecord(String topic, String key, Instant at, JsonNode payload) {
        this.topic = topic;
        this.key = key;
        this.at = at;
        this.payload = payload;
    }

    /**
     * The record to fire inside the transaction.
     *
     * @param topic where the event goes
     * @param key the id whose order matters
     */
    public static OutboxRecord of(String topic, String key, FlywatchEvent event, ObjectMapper json) {
        return new OutboxRecord(topic, key, event.at(), json.valueToTree(event));
    }

    @Override
    public String getAggregateId() {
        return key;
    }

    @Override
    public String getAggregateType() {
        return topic;
    }

    @Override
    public String getType() {
        return "io.flywatch." + payload.path("type").asText();
    }

    @Override
    public Instant getTimestamp() {
        return at;
    }

    @Override
    public JsonNode getPayload() {
        return payload;
    }
}
