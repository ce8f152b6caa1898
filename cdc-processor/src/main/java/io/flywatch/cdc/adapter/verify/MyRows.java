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

/** Reads rows of a table of MySQL or MariaDB as the change stream would have brought them, a page at a time. */
final class MyRows {
    private static final int PAGE = 1_000;

    private final MyTable table;
    private final Shape shape;
    private final List<String> keyNames;

    MyRows(MyTable table) {
        this.table = table;
        this.shape = Shape.untyped(table.columns().stream().map(MyColumn::name).toList());
        this.keyNames = table.key().stream().map(MyColumn::name).toList();
    }

    /** What is done with a row. */
    interface Taker {
        void take(RowKey rowKey, Key key, Row row) throws SQLException;
    }

    void read(Connection connection, String where, List<Object> parameters, Taker taker) throws SQLException {
        query(connection, table.selectRows() + where, parameters, result -> {
            @Nullable Object[] values = new Object[shape.size()];
            int first = keyNames.size() + 1;
            for (int i = 0; i < values.length; i++) {
                String text = result.getString(first + i);
                values[i] = text == null ? null : reader(table.columns().get(i)).read(text);
            }
            Key key = key(result);
            taker.take(rowKey(key), key, new Row(shape, values));
        });
    }

    private static PgReader reader(MyColumn column) {
        return Objects.requireNonNull(column.reader());
    }

    /** The key that a row begins with. */
    Key key(ResultSet row) throws SQLException {
        List<Object> values = new ArrayList<>(keyNames.size());
        for (int i = 0; i < keyNames.size(); i++) {
            values.add(Objects.requireNonNull(reader(table.key().get(i)).read(row.getString(i + 1))));
        }
        return new Key(keyNames, values);
    }

    /** A key of the change stream as verifications know it. */
    static RowKey rowKey(Key key) {
        return new RowKey(key.values().stream().map(PgKeyText::of).toList());
    }

    /** The key as the change stream brings it: what it is known by says its value as PostgreSQL would write it. */
    Key key(RowKey key) {
        List<Object> values = new ArrayList<>(keyNames.size());
        for (int i = 0; i < keyNames.size(); i++) {
            values.add(value(table.key().get(i), key.parts().get(i)));
        }
        return new Key(keyNames, values);
    }

    private static Object value(MyColumn column, String text) {
        PgReader reader = switch (column.described().type()) {
            case "bytea" -> PgReaders.of("bytea", -1, false);
            case "timestamp", "timestamptz", "date" ->
                PgReaders.of(column.described().type(), -1, false);
            default -> column.type().equals("bit") ? "t"::equals : column.reader();
        };
        return Objects.requireNonNull(Objects.requireNonNull(reader).read(text));
    }

    /** What is done with a line of a result. */
    interface Line {
        void take(ResultSet row) throws SQLException;
    }

    static void query(Connection connection, String sql, List<Object> parameters, Line line) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(PAGE);
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    line.take(row);
                }
            }
        }
    }
}
