package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.apply.Parking;
import io.flywatch.cdc.position.PartitionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** Keys whose changes wait behind a dead letter, in {@code flywatch_parked}. */
record ParkedKeys(Connection connection) {
    private static final String WHERE = " where pipeline = ? and topic = ? and part = ?";

    /** Tells texts of any length apart. */
    static String digest(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private PreparedStatement prepared(PartitionId id, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, id.pipeline());
        statement.setString(2, id.topic());
        statement.setInt(3, id.partition());
        return statement;
    }

    /** The keys of a run; those of an earlier one are let go, as the new run's snapshot brings their rows anew. */
    Map<String, Parking> of(PartitionId id, String runId) throws SQLException {
        try (PreparedStatement statement = prepared(id, "delete from flywatch_parked" + WHERE + " and run_id <> ?")) {
            statement.setString(4, runId);
            statement.executeUpdate();
        }
        Map<String, Parking> keys = new HashMap<>();
        try (PreparedStatement statement =
                prepared(id, "select row_key, waits_since, letters from flywatch_parked" + WHERE)) {
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                keys.put(rows.getString(1), new Parking(rows.getLong(2), rows.getLong(3)));
            }
        }
        return keys;
    }

    /** Lets go of keys, then keeps others, or what is known of them anew. */
    void write(PartitionId id, Set<String> released, Map<String, Parking> parked, String runId, Instant now)
            throws SQLException {
        if (released.isEmpty() && parked.isEmpty()) {
            return;
        }
        Set<String> gone = new HashSet<>(released);
        gone.addAll(parked.keySet());
        try (PreparedStatement delete = prepared(id, "delete from flywatch_parked" + WHERE + " and digest = ?");
                PreparedStatement insert = prepared(
                        id,
                        "insert into flywatch_parked (pipeline, topic, part, digest, row_key, waits_since, letters, run_id,"
                                + " parked_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (String key : gone) {
                delete.setString(4, digest(key));
                delete.executeUpdate();
            }
            for (Map.Entry<String, Parking> each : parked.entrySet()) {
                insert.setString(4, digest(each.getKey()));
                insert.setString(5, each.getKey().replace('\0', '\u2400'));
                insert.setLong(6, each.getValue().since());
                insert.setLong(7, each.getValue().letters());
                insert.setString(8, runId);
                insert.setTimestamp(9, Timestamp.from(now));
                insert.executeUpdate();
            }
        }
    }
}
