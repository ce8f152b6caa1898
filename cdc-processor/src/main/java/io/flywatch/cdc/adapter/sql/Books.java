package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.change.SourcePosition;
import io.flywatch.cdc.position.Counts;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Positions in {@code flywatch_positions}. Every statement is of the plain SQL that all targets understand. */
record Books(Connection connection) {
    private static final String WHERE = " where pipeline = ? and topic = ? and part = ?";
    private static final String COLUMNS =
            "next_offset, run_id, topic_id, source, source_micros, streaming, snapshot_rows,"
                    + " streamed_rows, errors, dead_letters, stale";

    /** The tables of the books. Keys that may be long are found by their digest. */
    static List<String> tables(String text, String timestamp, String suffix) {
        String partition = "pipeline varchar(100) not null, topic varchar(249) not null, part integer not null";
        return List.of(
                "create table if not exists flywatch_positions (" + partition
                        + ", epoch bigint not null, next_offset bigint,"
                        + " run_id varchar(100), topic_id varchar(100), source varchar(500), source_micros bigint,"
                        + " streaming boolean, snapshot_rows bigint, streamed_rows bigint, errors bigint, dead_letters bigint,"
                        + " stale bigint, updated_at " + timestamp + ", primary key (pipeline, topic, part))" + suffix,
                "create table if not exists flywatch_parked (" + partition + ", digest char(64) not null, row_key "
                        + text
                        + " not null, waits_since bigint not null, letters bigint not null,"
                        + " run_id varchar(100) not null, parked_at " + timestamp
                        + ", primary key (pipeline, topic, part, digest))" + suffix,
                "create table if not exists flywatch_moved (pipeline varchar(100) not null, table_name varchar(249) not null,"
                        + " digest char(64) not null, cells " + text + " not null, moved_at " + timestamp
                        + ", primary key (pipeline, table_name, digest))" + suffix,
                "create table if not exists flywatch_heartbeat (pipeline varchar(100) not null, beat " + text
                        + " not null, committed_at " + timestamp + ", seen_at " + timestamp
                        + ", primary key (pipeline))" + suffix);
    }

    private PreparedStatement of(PartitionId id, int first, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(first, id.pipeline());
        statement.setString(first + 1, id.topic());
        statement.setInt(first + 2, id.partition());
        return statement;
    }

    /** One more epoch, which locks out whoever had the partition. */
    long take(PartitionId id) throws SQLException {
        int known;
        try (PreparedStatement statement = of(id, 1, "update flywatch_positions set epoch = epoch + 1" + WHERE)) {
            known = statement.executeUpdate();
        }
        if (known == 0) {
            try (PreparedStatement statement =
                    of(id, 1, "insert into flywatch_positions (pipeline, topic, part, epoch) values (?, ?, ?, 1)")) {
                statement.executeUpdate();
            }
        }
        try (PreparedStatement statement = of(id, 1, "select epoch from flywatch_positions" + WHERE)) {
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    /** Null if the partition was taken but never begun. */
    @Nullable
    Position position(PartitionId id) throws SQLException {
        try (PreparedStatement statement = of(id, 1, "select " + COLUMNS + " from flywatch_positions" + WHERE)) {
            ResultSet row = statement.executeQuery();
            return row.next() && row.getObject("next_offset") != null ? read(row) : null;
        }
    }

    private static Position read(ResultSet row) throws SQLException {
        String source = row.getString("source");
        long micros = row.getLong("source_micros");
        boolean timed = !row.wasNull();
        return new Position(
                row.getLong("next_offset"),
                row.getString("run_id"),
                row.getString("topic_id"),
                source == null ? null : SourcePosition.parse(source).orElse(null),
                timed ? micros : null,
                row.getBoolean("streaming"),
                new Counts(
                        row.getLong("snapshot_rows"),
                        row.getLong("streamed_rows"),
                        row.getLong("errors"),
                        row.getLong("dead_letters"),
                        row.getLong("stale")));
    }

    /**
     * Sets the position, if the partition is still ours.
     *
     * @param from where it must be; empty for anywhere
     * @return whether it was set
     */
    boolean move(PartitionId id, long epoch, OptionalLong from, Position to, Instant now) throws SQLException {
        String guard = from.isPresent() ? " and epoch = ? and next_offset = ?" : " and epoch = ?";
        String set =
                "update flywatch_positions set next_offset = ?, run_id = ?, topic_id = ?, source = ?, source_micros = ?,"
                        + " streaming = ?, snapshot_rows = ?, streamed_rows = ?, errors = ?, dead_letters = ?, stale = ?, updated_at = ?";
        try (PreparedStatement statement = of(id, 13, set + WHERE + guard)) {
            statement.setLong(1, to.offset());
            statement.setString(2, to.runId());
            statement.setString(3, to.topicId());
            SourcePosition source = to.source();
            statement.setString(4, source == null ? null : source.text());
            statement.setObject(5, to.sourceTime(), Types.BIGINT);
            statement.setBoolean(6, to.streaming());
            statement.setLong(7, to.counts().snapshotRows());
            statement.setLong(8, to.counts().streamedRows());
            statement.setLong(9, to.counts().errors());
            statement.setLong(10, to.counts().deadLetters());
            statement.setLong(11, to.counts().stale());
            statement.setTimestamp(12, Timestamp.from(now));
            statement.setLong(16, epoch);
            if (from.isPresent()) {
                statement.setLong(17, from.getAsLong());
            }
            return statement.executeUpdate() == 1;
        }
    }

    /** Whether the position is there, and ours. */
    boolean isAt(PartitionId id, long epoch, long offset) throws SQLException {
        try (PreparedStatement statement =
                of(id, 1, "select 1 from flywatch_positions" + WHERE + " and epoch = ? and next_offset = ?")) {
            statement.setLong(4, epoch);
            statement.setLong(5, offset);
            return statement.executeQuery().next();
        }
    }
}
