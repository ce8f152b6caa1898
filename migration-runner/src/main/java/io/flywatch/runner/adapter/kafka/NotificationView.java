package io.flywatch.runner.adapter.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.runner.replication.Notification;
import io.flywatch.runner.replication.SnapshotLog;
import io.flywatch.runner.resnapshot.Told;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What Debezium's connectors told of their snapshots. */
@Singleton
public final class NotificationView implements TopicView {
    private static final String SNAPSHOT = "Initial Snapshot";
    private static final String RESNAPSHOT = "Incremental Snapshot";

    private final ObjectMapper json;
    private final Map<String, List<Heard>> heard = new ConcurrentHashMap<>();

    /** There is a notification for each chunk that is read: only their sum is kept. */
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    private final Map<Integer, Long> heardUpTo = new ConcurrentHashMap<>();

    NotificationView(ObjectMapper json) {
        this.json = json;
    }

    private record Heard(int partition, long offset, Notification notification) {}

    @Override
    public void on(ConsumerRecord<String, byte[]> record) throws IOException {
        Optional<JsonNode> avro = AvroNotice.json(record.value());
        JsonNode value = avro.isPresent() ? avro.get() : json.readTree(record.value());
        Instant at = Instant.ofEpochMilli(record.timestamp());
        long before = heardUpTo.getOrDefault(record.partition(), -1L);
        if (record.offset() > before) {
            heardUpTo.put(record.partition(), record.offset());
            notice(value, at)
                    .ifPresent(it -> told.merge(it.snapshot(), Told.NOTHING.plus(it), (old, none) -> old.plus(it)));
        }
        parse(value, at).ifPresent(it -> {
            List<Heard> all = heard.computeIfAbsent(it.connector(), name -> new CopyOnWriteArrayList<>());
            Heard last = all.isEmpty() ? null : all.getLast();
            if (last == null || last.partition != record.partition() || last.offset < record.offset()) {
                all.add(new Heard(record.partition(), record.offset(), it));
            }
        });
    }

    /**
     * The snapshot of a connector, from what it told since those offsets.
     *
     * @param connector its topic prefix
     */
    public SnapshotLog snapshot(String connector, Map<Integer, Long> from) {
        return SnapshotLog.of(heard.getOrDefault(connector, List.of()).stream()
                .filter(it -> it.offset >= from.getOrDefault(it.partition, 0L))
                .map(Heard::notification)
                .toList());
    }

    /** What connectors told of a snapshot that was asked for by that id. */
    public Told told(String snapshot) {
        return told.getOrDefault(snapshot, Told.NOTHING);
    }

    static Optional<Told.Notice> notice(JsonNode value, Instant at) {
        JsonNode body = value.has("payload") ? value.path("payload") : value;
        if (!RESNAPSHOT.equals(body.path("aggregate_type").asText())) {
            return Optional.empty();
        }
        JsonNode data = body.path("additional_data");
        String scanned = text(data, "scanned_collection");
        return Optional.of(new Told.Notice(
                body.path("id").asText(),
                body.path("type").asText(),
                at,
                scanned == null ? text(data, "current_collection_in_progress") : scanned,
                text(data, "status"),
                number(data),
                text(data, "last_processed_key"),
                text(data, "maximum_key")));
    }

    static Optional<Notification> parse(JsonNode value, Instant at) {
        JsonNode body = value.has("payload") ? value.path("payload") : value;
        if (!SNAPSHOT.equals(body.path("aggregate_type").asText())) {
            return Optional.empty();
        }
        JsonNode data = body.path("additional_data");
        String connector = data.path("connector_name").asText();
        return type(body.path("type").asText())
                .map(it -> new Notification(connector, it, at, text(data, "scanned_collection"), number(data)));
    }

    private static Optional<Notification.Type> type(String name) {
        return Arrays.stream(Notification.Type.values())
                .filter(it -> it.name().equals(name))
                .findFirst();
    }

    private static @Nullable String text(JsonNode data, String key) {
        return data.hasNonNull(key) ? data.path(key).asText() : null;
    }

    private static @Nullable Long number(JsonNode data) {
        return data.hasNonNull("total_rows_scanned")
                ? Long.valueOf(data.path("total_rows_scanned").asLong())
                : null;
    }
}
