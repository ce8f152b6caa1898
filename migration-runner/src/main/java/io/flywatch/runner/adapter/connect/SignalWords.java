package io.flywatch.runner.adapter.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flywatch.runner.SourceSignals.Row;
import io.flywatch.runner.replication.Names;
import io.flywatch.runner.resnapshot.Resnapshot;
import io.flywatch.runner.resnapshot.Signal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Signals in Debezium's words. */
@Singleton
final class SignalWords {
    private final ObjectMapper json;

    SignalWords(ObjectMapper json) {
        this.json = json;
    }

    /** To execute one has the snapshot's own id, which Debezium puts into its notifications. */
    Row row(Signal signal) {
        return switch (signal) {
            case Signal.Execute it -> new Row(it.snapshot().id(), "execute-snapshot", execute(it.snapshot()));
            case Signal.Pause it -> other("pause-snapshot");
            case Signal.Resume it -> other("resume-snapshot");
            case Signal.Stop it -> other("stop-snapshot");
        };
    }

    /** Without tables it is about all that are under way. */
    private Row other(String type) {
        return new Row(UUID.randomUUID().toString(), type, incremental().toString());
    }

    private ObjectNode incremental() {
        return json.createObjectNode().put("type", "INCREMENTAL");
    }

    /** Names are regular expressions to Debezium. */
    private String execute(Resnapshot snapshot) {
        ObjectNode data = incremental();
        ArrayNode tables = data.putArray("data-collections");
        snapshot.tables().forEach(table -> tables.add(Names.includeList(List.of(table))));
        ArrayNode conditions = data.putArray("additional-conditions");
        snapshot.conditions()
                .forEach((table, condition) -> conditions
                        .addObject()
                        .put("data-collection", Names.includeList(List.of(table)))
                        .put("filter", "(" + condition + ")"));
        return data.toString();
    }
}
