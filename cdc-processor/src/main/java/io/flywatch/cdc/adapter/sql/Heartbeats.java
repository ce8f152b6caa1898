package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.order.Write;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest heartbeat of each pipeline, to be seen at the target: {@code flywatch_heartbeat}, its columns as JSON. */
final class Heartbeats {
    private Heartbeats() {}

    static void write(Connection connection, Batch batch, Instant now) throws SQLException {
        for (Write write : batch.folded().writes()) {
            switch (write) {
                case Write.Replace beat -> write(connection, beat.row(), batch, now);
                case Write.Patch beat -> write(connection, beat.row(), batch, now);
                case Write.Move beat -> write(connection, beat.row(), batch, now);
                case Write.Delete gone -> {}
            }
        }
    }

    private static void write(Connection connection, Row beat, Batch batch, Instant now) throws SQLException {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        for (int i = 0; i < beat.size(); i++) {
            columns.put(beat.name(i), beat.value(i));
        }
        Long committed = batch.after().sourceTime();
        try (PreparedStatement gone = connection.prepareStatement("delete from flywatch_heartbeat where pipeline = ?");
                PreparedStatement there = connection.prepareStatement(
                        "insert into flywatch_heartbeat (pipeline, beat, committed_at, seen_at) values (?, ?, ?, ?)")) {
            gone.setString(1, batch.id().pipeline());
            gone.executeUpdate();
            there.setString(1, batch.id().pipeline());
            there.setString(2, PortableJson.of(columns));
            there.setTimestamp(
                    3, committed == null ? null : Timestamp.from(Instant.EPOCH.plus(committed, ChronoUnit.MICROS)));
            there.setTimestamp(4, Timestamp.from(now));
            there.executeUpdate();
        }
    }
}
