package io.flywatch.runner.resnapshot;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a connector told of one snapshot so far.
 *
 * @param at when it last told anything; null if it never did
 * @param table the one that is read; null between tables
 * @param lastKey the last key of it that was read, as text
 * @param maximumKey the last key that will be read, as text
 * @param scans how each table ended that is not read any more
 */
public record Told(
        State state,
        @Nullable Instant at,
        @Nullable String table,
        @Nullable String lastKey,
        @Nullable String maximumKey,
        Map<String, Scan> scans) {
    public Told {
        scans = Map.copyOf(scans);
    }

    /** Nothing. */
    public static final Told NOTHING = new Told(State.SILENT, null, null, null, null, Map.of());

    /** What the connector does with it. */
    public enum State {
        /** It has not answered. */
        SILENT,
        READING,
        PAUSED,
        /** It reads nothing more of it: all tables are read, could not be read, or are not to be read any more. */
        OVER
    }

    /**
     * How the reading of a table ended.
     *
     * @param status Debezium's word
     * @param rows read since the connector was started last
     */
    public record Scan(String status, long rows) {
        /** Whether all its rows were read. */
        public boolean isComplete() {
            return status.equals("SUCCEEDED") || status.equals("EMPTY");
        }
    }

    /**
     * One of the connector's notifications.
     *
     * @param snapshot the id that the snapshot was asked for with
     * @param type Debezium's word
     */
    public record Notice(
            String snapshot,
            String type,
            Instant at,
            @Nullable String table,
            @Nullable String status,
            @Nullable Long rows,
            @Nullable String lastKey,
            @Nullable String maximumKey) {}

    /** The same and one notification more. A snapshot that was over goes on if its connector lost how far it was. */
    public Told plus(Notice notice) {
        return switch (notice.type()) {
            case "STARTED" -> new Told(State.READING, notice.at(), null, null, null, Map.of());
            case "RESUMED" -> new Told(State.READING, notice.at(), table, lastKey, maximumKey, scans);
            case "IN_PROGRESS" ->
                new Told(
                        State.READING,
                        notice.at(),
                        notice.table(),
                        notice.lastKey(),
                        notice.maximumKey(),
                        without(notice.table()));
            case "PAUSED" -> new Told(State.PAUSED, notice.at(), table, lastKey, maximumKey, scans);
            case "TABLE_SCAN_COMPLETED" -> new Told(State.READING, notice.at(), null, null, null, with(notice));
            case "COMPLETED", "ABORTED" -> new Told(State.OVER, notice.at(), null, null, null, scans);
            default -> this;
        };
    }

    /** A table is read once more from where it was if the connector was restarted. */
    private Map<String, Scan> without(@Nullable String again) {
        Map<String, Scan> rest = new HashMap<>(scans);
        rest.remove(String.valueOf(again));
        return rest;
    }

    private Map<String, Scan> with(Notice notice) {
        Map<String, Scan> all = new HashMap<>(scans);
        if (notice.table() != null) {
            String status = Optional.ofNullable(notice.status()).orElse("SUCCEEDED");
            long rows = Optional.ofNullable(notice.rows()).orElse(0L);
            all.put(notice.table(), new Scan(status, rows));
        }
        return all;
    }
}
