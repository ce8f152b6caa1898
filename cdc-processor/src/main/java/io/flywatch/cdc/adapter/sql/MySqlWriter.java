package io.flywatch.cdc.adapter.sql;

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

/** Many rows with one statement of many values, in steps of so many rows and bytes that the server takes each. */
record MySqlWriter(Connection connection, TargetTable table, MySqlDialect dialect) implements RowWriter {
    private static final int ROWS_OF_A_STATEMENT = 500;
    private static final int KEYS_OF_A_STATEMENT = 200;
    private static final long BYTES_OF_A_STATEMENT = 4L << 20;

    @Override
    public void upsert(List<TargetColumn> columns, List<@Nullable Object[]> rows) throws SQLException {
        List<TargetColumn> rest = withoutKey(columns);
        List<TargetColumn> changed = rest.isEmpty() ? table.keyColumns() : rest;
        insert(
                columns,
                rows,
                " on duplicate key update "
                        + each(changed, column -> name(column) + " = values(" + name(column) + ")", ", "));
    }

    @Override
    public void insert(List<TargetColumn> columns, List<@Nullable Object[]> rows) throws SQLException {
        insert(columns, rows, "");
    }

    private void insert(List<TargetColumn> columns, List<@Nullable Object[]> rows, String end) throws SQLException {
        String begin = "insert into " + table.name() + " (" + each(columns, this::name, ", ") + ") values ";
        String row = "(" + each(columns, column -> "?", ", ") + ")";
        for (List<@Nullable Object[]> step : steps(rows, ROWS_OF_A_STATEMENT)) {
            run(begin + String.join(", ", java.util.Collections.nCopies(step.size(), row)) + end, step);
        }
    }

    @Override
    public void patch(List<TargetColumn> columns, List<@Nullable Object[]> rows) throws SQLException {
        List<TargetColumn> rest = withoutKey(columns);
        List<@Nullable Object[]> missing = new ArrayList<>();
        if (rest.isEmpty()) {
            missing.addAll(rows);
        } else {
            String sql = "update " + table.name() + " set " + each(rest, c -> name(c) + " = ?", ", ") + " where "
                    + each(table.keyColumns(), c -> name(c) + " = ?", " and ");
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (@Nullable Object[] row : rows) {
                    int place = 0;
                    for (TargetColumn column : rest) {
                        statement.setObject(++place, row[columns.indexOf(column)]);
                    }
                    for (TargetColumn column : table.keyColumns()) {
                        statement.setObject(++place, row[columns.indexOf(column)]);
                    }
                    if (statement.executeUpdate() == 0) {
                        missing.add(row);
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            insert(columns, missing);
        }
    }

    @Override
    public void delete(List<@Nullable Object[]> keys) throws SQLException {
        String one = "(" + each(table.keyColumns(), column -> name(column) + " = ?", " and ") + ")";
        for (List<@Nullable Object[]> step : steps(keys, KEYS_OF_A_STATEMENT)) {
            run(
                    "delete from " + table.name() + " where "
                            + String.join(" or ", java.util.Collections.nCopies(step.size(), one)),
                    step);
        }
    }

    /** A real TRUNCATE would commit what came before it. */
    @Override
    public void truncate() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("delete from " + table.name());
        }
    }

    @Override
    public @Nullable Object @Nullable [] read(List<TargetColumn> columns, @Nullable Object[] key) throws SQLException {
        String sql = "select " + each(columns, this::name, ", ") + " from " + table.name() + " where "
                + each(table.keyColumns(), column -> name(column) + " = ?", " and ");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < key.length; i++) {
                statement.setObject(i + 1, key[i]);
            }
            ResultSet row = statement.executeQuery();
            if (!row.next()) {
                return null;
            }
            @Nullable Object[] cells = new @Nullable Object[columns.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = MySqlCells.isBinary(columns.get(i)) ? row.getBytes(i + 1) : row.getString(i + 1);
            }
            return cells;
        }
    }

    private void run(String sql, List<@Nullable Object[]> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int place = 0;
            for (@Nullable Object[] row : rows) {
                for (Object cell : row) {
                    statement.setObject(++place, cell);
                }
            }
            statement.executeUpdate();
        }
    }

    private static List<List<@Nullable Object[]>> steps(List<@Nullable Object[]> rows, int most) {
        List<List<@Nullable Object[]>> steps = new ArrayList<>();
        int begin = 0;
        long bytes = 0;
        for (int i = 0; i < rows.size(); i++) {
            bytes += size(rows.get(i));
            if (i - begin == most || (bytes > BYTES_OF_A_STATEMENT && i > begin)) {
                steps.add(rows.subList(begin, i));
                begin = i;
                bytes = size(rows.get(i));
            }
        }
        if (begin < rows.size()) {
            steps.add(rows.subList(begin, rows.size()));
        }
        return steps;
    }

    private static long size(@Nullable Object[] row) {
        long size = 0;
        for (Object cell : row) {
            size += switch (cell) {
                case null -> 4;
                case byte[] bytes -> bytes.length;
                default -> cell.toString().length() * 2L;
            };
        }
        return size;
    }

    private List<TargetColumn> withoutKey(List<TargetColumn> columns) {
        return columns.stream()
                .filter(column -> !table.key().contains(column.name()))
                .toList();
    }

    private String name(TargetColumn column) {
        return dialect.quote(column.name());
    }

    private static String each(List<TargetColumn> columns, Function<TargetColumn, String> form, String between) {
        return columns.stream().map(form).collect(Collectors.joining(between));
    }
}
