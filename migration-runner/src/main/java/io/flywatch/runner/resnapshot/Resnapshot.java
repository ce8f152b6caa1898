package io.flywatch.runner.resnapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A new snapshot of tables that somebody asked for.
 *
 * @param id the connector knows it by that, too
 * @param askedBy who asked for it
 * @param tables {@code schema.table} each
 * @param conditions of the tables of which only some rows are read: SQL by table
 * @param rowsBefore snapshot rows that had been applied before it, by table
 * @param wish what is wanted of it now
 * @param end null while it is under way
 */
public record Resnapshot(
        String id,
        String runId,
        Instant askedAt,
        String askedBy,
        List<String> tables,
        Map<String, String> conditions,
        Map<String, Long> rowsBefore,
        Wish wish,
        @Nullable End end) {
    public Resnapshot {
        tables = List.copyOf(tables);
        conditions = Map.copyOf(conditions);
        rowsBefore = Map.copyOf(rowsBefore);
    }

    /** What somebody wants of it. */
    public enum Wish {
        READ,
        PAUSE,
        STOP
    }

    /** How it ended. */
    public enum Outcome {
        /** All rows that were read are in the target. */
        DONE,
        /** Somebody stopped it; what had been read is applied like everything else. */
        STOPPED,
        /** A table could not be read. */
        FAILED
    }

    /**
     * Its end.
     *
     * @param reason in a sentence
     */
    public record End(Outcome outcome, Instant at, String reason) {}

    /** Whether it has not ended. */
    public boolean isUnderWay() {
        return end == null;
    }
}
