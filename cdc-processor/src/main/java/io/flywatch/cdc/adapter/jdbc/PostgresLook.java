package io.flywatch.cdc.adapter.jdbc;

import io.flywatch.cdc.lag.Headroom;
import io.flywatch.cdc.lag.SourceLook;
import io.flywatch.events.pipeline.PipelineDeclared;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Asks a PostgreSQL source for its clock, the pipeline's slot and the heartbeat. */
final class PostgresLook {
    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_BEFORE_HASH = 54;

    private static final String END =
            "case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end";

    /** safe_wal_size is null where max_slot_wal_keep_size is not set; the statistics have no row before the first transaction. */
    private static final String SLOT =
            "select s.active, s.wal_status, s.safe_wal_size, e.lsn - '0/0'::pg_lsn as written,"
                    + " coalesce(pg_wal_lsn_diff(e.lsn, s.restart_lsn), 0) as retained,"
                    + " pg_wal_lsn_diff(e.lsn, s.confirmed_flush_lsn) as unread, t.spill_bytes"
                    + " from pg_replication_slots s cross join (select " + END + " as lsn) e"
                    + " left join pg_stat_replication_slots t on t.slot_name = s.slot_name where s.slot_name = ?";

    private final @Nullable Long budgetBytes;

    /**
     * Asks.
     *
     * @param budgetBytes what the source's disk can hold of WAL; null if unknown
     */
    PostgresLook(@Nullable Long budgetBytes) {
        this.budgetBytes = budgetBytes;
    }

    SourceLook at(Connection connection, PipelineDeclared pipeline) throws SQLException {
        double skew = Skew.of(() -> now(connection));
        Double beat = heartbeatAge(connection, pipeline.heartbeatTable());
        try (PreparedStatement query = connection.prepareStatement(SLOT)) {
            query.setString(1, slot(pipeline.migrationId()));
            try (ResultSet slot = query.executeQuery()) {
                if (!slot.next()) {
                    return new SourceLook(skew, null, beat, null, null, null, null, null, null);
                }
                Headroom.Slot kept = new Headroom.Slot(
                        slot.getString("wal_status"),
                        number(slot, "safe_wal_size"),
                        slot.getLong("retained"),
                        budgetBytes);
                return new SourceLook(
                        skew,
                        slot.getBoolean("active"),
                        beat,
                        number(slot, "written"),
                        number(slot, "unread"),
                        number(slot, "spill_bytes"),
                        kept,
                        null,
                        null);
            }
        }
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static Instant now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select clock_timestamp()")) {
            result.next();
            return result.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /** Null if there is no heartbeat, or its table can't be read: then nothing follows from it. */
    private static @Nullable Double heartbeatAge(Connection connection, @Nullable String table) {
        if (table == null) {
            return null;
        }
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select extract(epoch from clock_timestamp() - max(beat_at)) from " + quoted(table))) {
            result.next();
            double age = result.getDouble(1);
            return result.wasNull() ? null : age;
        } catch (SQLException notReadable) {
            return null;
        }
    }

    private static String quoted(String table) {
        int dot = table.indexOf('.');
        String schema = dot < 0 ? "" : "\"" + table.substring(0, dot).replace("\"", "\"\"") + "\".";
        return schema + "\"" + table.substring(dot + 1).replace("\"", "\"\"") + "\"";
    }

    /** The runner calls a migration's slot so. */
    static String slot(String migration) {
        String name = "flywatch_" + migration.replace('-', '_');
        return name.length() <= LONGEST_NAME
                ? name
                : name.substring(0, LONGEST_BEFORE_HASH) + "_" + Integer.toHexString(name.hashCode());
    }
}
