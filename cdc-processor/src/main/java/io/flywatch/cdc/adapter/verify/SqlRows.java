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

/** Reads a table's rows as the change stream would have brought them, a page at a time. */
final class SqlRows {
    private static final int PAGE = 1_000;

    private final SqlTable table;
    private final Shape shape;
    private final List<String> keyNames;
    private final List<PgReader> keyReaders;
    private final List<PgReader> readers;

    SqlRows(SqlTable table) {
        this.table = table;
        this.shape = Shape.untyped(table.columns().stream().map(SqlColumn::name).toList());
        this.keyNames = table.key().stream().map(SqlColumn::name).toList();
        this.keyReaders = readers(table.key());
        this.readers = readers(table.columns());
    }

    private static List<PgReader> readers(List<? extends SqlColumn> columns) {
        return columns.stream()
                .map(column -> Objects.requireNonNull(column.reader()))
                .toList();
    }

    /** What is done with a row. */
    interface Taker {
        void take(RowKey rowKey, Key key, Row row, @Nullable String version) throws SQLException;
    }

    void read(Connection connection, String where, List<Object> parameters, Taker taker) throws SQLException {
        query(connection, table.selectRows() + where, parameters, result -> {
            @Nullable Object[] values = new Object[shape.size()];
            int first = keyNames.size() + 1;
            for (int i = 0; i < values.length; i++) {
                String text = result.getString(first + i);
                values[i] = text == null ? null : readers.get(i).read(text);
            }
            taker.take(rowKey(result), key(result), new Row(shape, values), result.getString(first + values.length));
        });
    }

    /** The key that a row begins with. */
    RowKey rowKey(ResultSet row) throws SQLException {
        List<String> parts = new ArrayList<>(keyNames.size());
        for (int i = 0; i < keyNames.size(); i++) {
            parts.add(table.part(i, row.getString(i + 1)));
        }
        return new RowKey(parts);
    }

    private Key key(ResultSet row) throws SQLException {
        List<Object> values = new ArrayList<>(keyNames.size());
        for (int i = 0; i < keyNames.size(); i++) {
            values.add(Objects.requireNonNull(keyReaders.get(i).read(row.getString(i + 1))));
        }
        return new Key(keyNames, values);
    }

    /** The key as the change stream brings it. */
    Key key(RowKey key) {
        List<Object> values = new ArrayList<>(keyNames.size());
        for (int i = 0; i < keyNames.size(); i++) {
            values.add(table.value(i, key.parts().get(i)));
        }
        return new Key(keyNames, values);
    }

    /** What is done with a line of a result. */
    interface Line {
        void take(ResultSet row) throws SQLException;
    }

    static void query(Connection connection, String sql, List<Object> parameters, Line line) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(PAGE);
            for (int i = 0; i < parameters.size(); i++) {
                if (parameters.get(i) instanceof String text) {
                    statement.setString(i + 1, text);
                } else {
                    statement.setObject(i + 1, parameters.get(i));
                }
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    line.take(row);
                }
            }
        }
    }
}
