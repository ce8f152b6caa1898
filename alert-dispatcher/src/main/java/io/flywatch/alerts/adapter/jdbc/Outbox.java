package io.flywatch.alerts.adapter.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.Topics;
import io.flywatch.events.alert.AlertEvent;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Facts that leave with the transaction. A row is deleted as soon as it is written: Debezium reads it from the log. Many rows go in one
 * statement, as a thousand alerts may come at once.
 */
@Singleton
public final class Outbox {

    private static final Rows<Row> ROWS = Rows.of("id", "uuid", Row::id)
            .and("aggregatetype", "varchar", Row::aggregatetype)
            .and("aggregateid", "varchar", Row::aggregateid)
            .and("type", "varchar", Row::type)
            .and("at", "timestamptz", Row::timestamp)
            .and("payload", "text", Row::payload);

    private final ObjectMapper json;

    Outbox(ObjectMapper json) {
        this.json = json;
    }

    private record Row(
            UUID id, String aggregatetype, String aggregateid, String type, Instant timestamp, String payload) {}

    /** Sends facts out with the transaction. */
    public void tell(Sql sql, Collection<? extends AlertEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        List<Row> rows = events.stream().map(this::row).toList();
        sql.write("""
                insert into dispatcher.outboxevent (id, aggregatetype, aggregateid, type, "timestamp", payload)
                select * from {rows}
                """, ROWS.of(rows));
        sql.later(
                "delete from dispatcher.outboxevent where id = any(?::uuid[])",
                rows.stream().map(row -> row.id().toString()).toList());
    }

    private Row row(AlertEvent event) {
        JsonNode payload = json.valueToTree(event);
        return new Row(
                UUID.randomUUID(),
                Topics.ALERTS,
                event.fingerprint(),
                "io.flywatch." + payload.path("type").asText(),
                event.at(),
                payload.toString());
    }
}
