package io.flywatch.runner.adapter.orm;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.debezium.outbox.quarkus.ExportedEvent;
import io.flywatch.events.Topics;
import io.flywatch.events.progress.ProgressEvent;
import io.flywatch.kit.outbox.OutboxRecord;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/** Tells what happened, in the transaction in which it happens. */
@Singleton
final class Facts {
    private final Event<ExportedEvent<?, ?>> outbox;
    private final ObjectMapper json;

    Facts(Event<ExportedEvent<?, ?>> outbox, ObjectMapper json) {
        this.outbox = outbox;
        this.json = json;
    }

    void tell(ProgressEvent fact) {
        outbox.fire(OutboxRecord.of(Topics.PROGRESS, fact.migrationId(), fact, json));
    }
}
