package io.flywatch.cdc.adapter.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Unavailable;
import io.flywatch.cdc.order.Leaving;
import io.flywatch.cdc.order.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose key changed. The create under the new key leaves out large values that did not change, so they are carried over from the
 * row under the old key; where that goes in an earlier batch, its cells are kept in {@code flywatch_moved} until the create comes.
 */
record MovedRows(String pipeline, TargetTable table, Dialect dialect, Connection connection, RowWriter writer) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WHERE = " where pipeline = ? and table_name = ?";

    /** The cells of a row by column; null if neither the table nor what is kept has it. */
    @Nullable
    Map<String, @Nullable Object> rest(Origin origin) throws SQLException {
        if (origin.aside() != null) {
            Map<String, @Nullable Object> kept = kept(origin.aside());
            if (kept != null) {
                return kept;
            }
        }
        List<TargetColumn> columns = table.columns().values().stream()
                .filter(column -> !column.generated())
                .toList();
        @Nullable Object[] cells = writer.read(columns, cells(origin.key()));
        if (cells == null) {
            return null;
        }
        Map<String, @Nullable Object> rest = new HashMap<>();
        for (int i = 0; i < cells.length; i++) {
            rest.put(columns.get(i).name(), cells[i]);
        }
        return rest;
    }

    @Nullable
    Object[] cells(Key key) {
        @Nullable Object[] cells = new @Nullable Object[table.key().size()];
        for (int i = 0; i < cells.length; i++) {
            int place = key.columns().indexOf(table.key().get(i));
            if (place < 0) {
                throw new IllegalArgumentException(
                        "the key has no column " + table.key().get(i));
            }
            cells[i] = dialect.cell(
                    key.values().get(place), table.column(table.key().get(i)));
        }
        return cells;
    }

    /** Keeps a row that leaves: what the batch knew of it over what stood at the target. */
    void keep(Leaving leaving, @Nullable Map<String, @Nullable Object> rest, Instant now) throws SQLException {
        Map<String, @Nullable Object> cells = new HashMap<>();
        if (rest != null) {
            cells.putAll(rest);
        }
        Row known = leaving.known();
        for (int i = 0; known != null && i < known.size(); i++) {
            TargetColumn column = table.columns().get(known.name(i));
            if (column != null && known.value(i) != Unavailable.VALUE) {
                cells.put(column.name(), dialect.cell(known.value(i), column));
            }
        }
        if (cells.isEmpty()) {
            return;
        }
        forget(List.of(leaving.to()));
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into flywatch_moved (pipeline, table_name, digest, cells, moved_at) values (?, ?, ?, ?, ?)")) {
            statement.setString(1, pipeline);
            statement.setString(2, table.name());
            statement.setString(3, ParkedKeys.digest(leaving.to().text()));
            statement.setString(4, written(cells));
            statement.setTimestamp(5, Timestamp.from(now));
            statement.executeUpdate();
        }
    }

    private @Nullable Map<String, @Nullable Object> kept(Key to) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select cells from flywatch_moved" + WHERE + " and digest = ?")) {
            statement.setString(1, pipeline);
            statement.setString(2, table.name());
            statement.setString(3, ParkedKeys.digest(to.text()));
            ResultSet row = statement.executeQuery();
            return row.next() ? read(row.getString(1)) : null;
        }
    }

    void forget(Collection<Key> arrived) throws SQLException {
        if (arrived.isEmpty()) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("delete from flywatch_moved" + WHERE + " and digest = ?")) {
            for (Key key : arrived) {
                statement.setString(1, pipeline);
                statement.setString(2, table.name());
                statement.setString(3, ParkedKeys.digest(key.text()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** For when all of the table goes. */
    void forgetAll() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("delete from flywatch_moved" + WHERE)) {
            statement.setString(1, pipeline);
            statement.setString(2, table.name());
            statement.executeUpdate();
        }
    }

    /** A first letter tells text from bytes. */
    private static String written(Map<String, @Nullable Object> cells) {
        Map<String, @Nullable String> texts = new HashMap<>();
        cells.forEach((name, cell) -> texts.put(
                name,
                switch (cell) {
                    case null -> null;
                    case byte[] bytes -> "b" + Base64.getEncoder().encodeToString(bytes);
                    default -> "t" + cell;
                }));
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written", e);
        }
    }

    private static Map<String, @Nullable Object> read(String json) {
        try {
            Map<String, @Nullable Object> cells = new HashMap<>();
            JSON.readValue(json, new TypeReference<Map<String, @Nullable String>>() {})
                    .forEach((name, text) -> cells.put(name, cell(text)));
            return cells;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row that was kept aside can't be read", e);
        }
    }

    private static @Nullable Object cell(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return text.charAt(0) == 'b' ? Base64.getDecoder().decode(text.substring(1)) : text.substring(1);
    }
}
