package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.verify.RowKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads rows of a table as the change stream would have brought them, a page at a time. */
final class PgRows {
    private static final int PAGE = 1_000;

    private final PgTable table;
    private final Shape shape;
    private final List<String> keyNames;

    PgRows(PgTable table) {
        this.table = table;
        this.shape = Shape.untyped(table.columns().stream().map(PgColumn::name).toList());
        this.keyNames = table.key().stream().map(PgColumn::name).toList();
    }

    /** What is done with a row. */
    interface Taker {
        void take(RowKey rowKey, Key key, Row row, String version) throws SQLException;
    }

    void read(Connection connection, String where, List<String> parameters, Taker taker) throws SQLException {
        query(connection, table.selectRows() + where, parameters, result -> {
            @Nullable Object[] values = new Object[shape.size()];
            int first = keyNames.size() + 1;
            for (int i = 0; i < values.length; i++) {
                String text = result.getString(first + i);
                values[i] = text == null ? null : reader(table.columns().get(i)).read(text);
            }
            taker.take(rowKey(result), key(result), new Row(shape, values), result.getString(first + values.length));
        });
    }

    private static PgReader reader(PgColumn column) {
        return Objects.requireNonNull(column.reader());
    }

    /** The key that a row begins with. */
    RowKey rowKey(ResultSet row) throws SQLException {
        List<String> parts = new ArrayList<>(keyNames.size());
        for (int i = 0; i < keyNames.size(); i++) {
            parts.add(table.canonical(i, row.getString(i + 1)));
        }
        return new RowKey(parts);
    }

    private Key key(ResultSet row) throws SQLException {
        List<Object> values = new ArrayList<>(keyNames.size());
        for (int i = 0; i < keyNames.size(); i++) {
            values.add(value(i, row.getString(i + 1)));
        }
        return new Key(keyNames, values);
    }

    /** The key as the change stream brings it. */
    Key key(RowKey key) {
        List<Object> values = new ArrayList<>(keyNames.size());
        for (int i = 0; i < keyNames.size(); i++) {
            values.add(value(i, key.parts().get(i)));
        }
        return new Key(keyNames, values);
    }

    private Object value(int part, String text) {
        return Objects.requireNonNull(reader(table.key().get(part)).read(text));
    }

    /** What is done with a line of a result. */
    interface Line {
        void take(ResultSet row) throws SQLException;
    }

    static void query(Connection connection, String sql, List<String> parameters, Line line) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(PAGE);
            for (int i = 0; i < parameters.size(); i++) {
                statement.setString(i + 1, parameters.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    line.take(row);
                }
            }
        }
    }
}
