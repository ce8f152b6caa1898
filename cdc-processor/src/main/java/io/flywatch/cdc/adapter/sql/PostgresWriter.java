package io.flywatch.cdc.adapter.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Many rows with one statement: each column travels as one array of texts, which the column's own type reads. So the statement's text
 * stays the same for any number of rows, and the server parses it once.
 */
record PostgresWriter(Connection connection, TargetTable table, PostgresDialect dialect) implements RowWriter {
    private static final String ROWS = "u";

    @Override
    public void upsert(List<TargetColumn> columns, List<@Nullable Object[]> rows) throws SQLException {
        List<TargetColumn> rest = withoutKey(columns);
        String onConflict = rest.isEmpty()
                ? "do nothing"
                : "do update set " + each(rest, column -> name(column) + " = excluded." + name(column));
        run(
                insertion(columns) + " on conflict (" + each(table.keyColumns(), this::name) + ") " + onConflict,
                columns,
                rows);
    }

    @Override
    public void insert(List<TargetColumn> columns, List<@Nullable Object[]> rows) throws SQLException {
        run(insertion(columns), columns, rows);
    }

    @Override
    public void patch(List<TargetColumn> columns, List<@Nullable Object[]> rows) throws SQLException {
        List<TargetColumn> rest = withoutKey(columns);
        int found = rest.isEmpty()
                ? 0
                : run(
                        "update " + table.name() + " t set " + each(rest, c -> name(c) + " = " + read(c)) + " from "
                                + unnest(columns) + " where " + sameKey(),
                        columns,
                        rows);
        if (found < rows.size()) {
            run(
                    insertion(columns) + " where not exists (select 1 from " + table.name() + " t where " + sameKey()
                            + ")",
                    columns,
                    rows);
        }
    }

    @Override
    public void delete(List<@Nullable Object[]> keys) throws SQLException {
        run(
                "delete from " + table.name() + " t using " + unnest(table.keyColumns()) + " where " + sameKey(),
                table.keyColumns(),
                keys);
    }

    @Override
    public void truncate() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute((table.truncates() ? "truncate " : "delete from ") + table.name());
        }
    }

    @Override
    public @Nullable Object @Nullable [] read(List<TargetColumn> columns, @Nullable Object[] key) throws SQLException {
        String sql = "select " + each(columns, column -> "t." + name(column) + "::text") + " from " + table.name()
                + " t where "
                + table.keyColumns().stream()
                        .map(column -> "t." + name(column) + " = ?::text::" + castable(column))
                        .collect(Collectors.joining(" and "));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < key.length; i++) {
                statement.setString(i + 1, (String) key[i]);
            }
            ResultSet row = statement.executeQuery();
            if (!row.next()) {
                return null;
            }
            @Nullable Object[] cells = new @Nullable Object[columns.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = row.getString(i + 1);
            }
            return cells;
        }
    }

    private int run(String sql, List<TargetColumn> columns, List<@Nullable Object[]> rows) throws SQLException {
        List<Array> arrays = new ArrayList<>(columns.size());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                @Nullable String[] cells = new @Nullable String[rows.size()];
                for (int row = 0; row < cells.length; row++) {
                    cells[row] = (String) rows.get(row)[i];
                }
                Array array = connection.createArrayOf("text", cells);
                arrays.add(array);
                statement.setArray(i + 1, array);
            }
            return statement.executeUpdate();
        } finally {
            for (Array array : arrays) {
                array.free();
            }
        }
    }

    private String insertion(List<TargetColumn> columns) {
        return "insert into " + table.name() + " (" + each(columns, this::name) + ") overriding system value select "
                + each(columns, this::read) + " from " + unnest(columns);
    }

    private String unnest(List<TargetColumn> columns) {
        return "unnest(" + each(columns, column -> "?::text[]") + ") as " + ROWS + "(" + each(columns, this::name)
                + ")";
    }

    private String sameKey() {
        return table.keyColumns().stream()
                .map(column -> "t." + name(column) + " = " + read(column))
                .collect(Collectors.joining(" and "));
    }

    private String read(TargetColumn column) {
        return ROWS + "." + name(column) + "::" + castable(column);
    }

    /** An explicit cast to a type with a length cuts off in silence; without one, the assignment to the column refuses. */
    private static String castable(TargetColumn column) {
        return column.type().equals("\"bit\"") ? "bit varying" : column.type();
    }

    private List<TargetColumn> withoutKey(List<TargetColumn> columns) {
        return columns.stream()
                .filter(column -> !table.key().contains(column.name()))
                .toList();
    }

    private String name(TargetColumn column) {
        return dialect.quote(column.name());
    }

    private static String each(List<TargetColumn> columns, Function<TargetColumn, String> form) {
        return columns.stream().map(form).collect(Collectors.joining(", "));
    }
}
