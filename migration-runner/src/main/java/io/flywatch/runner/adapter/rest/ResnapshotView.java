package io.flywatch.runner.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flywatch.runner.resnapshot.Resnapshot;
import io.flywatch.runner.resnapshot.Told;
import io.flywatch.runner.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A snapshot of tables as callers see it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Snapshot", description = "A new snapshot of tables while their changes stream.")
record ResnapshotView(
        String id,
        String runId,

        @Schema(
                description =
                        "asked (the connector has not answered), reading, paused, applying (all rows are read and on their"
                                + " way), done, stopped, failed")
        String state,

        @Schema(description = "What is wanted of it while it is under way: read, pause or stop") @Nullable
        String wish,

        Instant askedAt,
        String askedBy,
        @Nullable Instant endedAt,

        @Schema(description = "How it ended") @Nullable String reason,

        @Schema(description = "When the connector last told of it") @Nullable
        Instant toldAt,

        List<Table> tables) {

    /** One table of it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SnapshotTable")
    record Table(
            String table,
            @Nullable String condition,

            @Schema(description = "waiting, reading, read, or why it was not read, in the connector's word")
            String state,

            @Schema(description = "Rows that were read since the connector was started last, once the table is read")
            @Nullable
            Long rowsRead,

            @Schema(
                    description =
                            "Rows of it that have been applied; rows that a change overtook while they were read are not among them")
            @Nullable
            Long rowsApplied,

            @Schema(description = "The last key that was read") @Nullable
            String lastKey,

            @Schema(description = "The last key that will be read") @Nullable
            String maximumKey) {}

    static ResnapshotView of(Run run, Resnapshot snapshot, Told told, Map<String, Long> applied) {
        Resnapshot.End end = snapshot.end();
        boolean left = end == null && !run.isActive();
        return new ResnapshotView(
                snapshot.id(),
                snapshot.runId(),
                left ? "stopped" : state(snapshot, told),
                end == null && !left ? word(snapshot.wish()) : null,
                snapshot.askedAt(),
                snapshot.askedBy(),
                end == null ? null : end.at(),
                left ? "The run ended before it." : end == null ? null : end.reason(),
                told.at(),
                snapshot.tables().stream()
                        .map(it -> table(it, snapshot, told, applied.get(it)))
                        .toList());
    }

    private static String state(Resnapshot snapshot, Told told) {
        if (snapshot.end() != null) {
            return word(snapshot.end().outcome());
        }
        return switch (told.state()) {
            case SILENT -> "asked";
            case READING -> "reading";
            case PAUSED -> "paused";
            case OVER -> "applying";
        };
    }

    private static Table table(String table, Resnapshot snapshot, Told told, @Nullable Long applied) {
        boolean current = table.equals(told.table());
        Told.Scan scan = told.scans().get(table);
        return new Table(
                table,
                snapshot.conditions().get(table),
                current ? "reading" : scan == null ? "waiting" : scan.isComplete() ? "read" : word(scan.status()),
                scan == null ? null : scan.rows(),
                snapshot.isUnderWay() ? applied : null,
                current ? told.lastKey() : null,
                current ? told.maximumKey() : null);
    }

    private static String word(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }
}
