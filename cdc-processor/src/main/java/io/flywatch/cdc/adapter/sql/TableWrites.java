package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.change.Unavailable;
import io.flywatch.cdc.order.Folded;
import io.flywatch.cdc.order.Leaving;
import io.flywatch.cdc.order.Origin;
import io.flywatch.cdc.order.Write;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch's writes to one table, within a transaction. Rows of the same columns go together; what is deleted goes first, so that it
 * stands in nobody's way.
 */
final class TableWrites {
    private final Connection connection;
    private final Dialect dialect;
    private final TargetTable table;
    private final RowWriter writer;
    private final MovedRows moved;
    private final Map<Key, String> refused = new HashMap<>();
    private final Map<Origin, Map<String, @Nullable Object>> rests = new HashMap<>();

    TableWrites(String pipeline, TargetTable table, Dialect dialect, Connection connection) {
        this.connection = connection;
        this.dialect = dialect;
        this.table = table;
        this.writer = dialect.writer(connection, table);
        this.moved = new MovedRows(pipeline, table, dialect, connection, writer);
    }

    /** Columns that several rows have values for, and the rows. */
    private record Group(List<TargetColumn> columns, boolean complete, List<@Nullable Object[]> rows) {}

    /** A write and how far it has come to be cells. */
    private record Ready(
            Key key, @Nullable Object[] id, @Nullable Cells cells) {}

    private record Cells(
            List<TargetColumn> columns,
            boolean complete,
            @Nullable Object[] values) {}

    /**
     * Writes all or finds out what can't be written.
     *
     * @return what the target refuses, by key; if there is any, the transaction is to be rolled back
     */
    Map<Key, String> apply(Folded folded, Instant now) throws SQLException {
        readRests(folded);
        if (folded.truncated()) {
            writer.truncate();
            moved.forgetAll();
        }
        for (Leaving leaving : folded.leaving()) {
            moved.keep(leaving, leaving.origin() == null ? null : rests.get(leaving.origin()), now);
        }
        moved.forget(folded.arrived());
        write(folded.writes());
        return refused;
    }

    private void readRests(Folded folded) throws SQLException {
        for (Leaving leaving : folded.leaving()) {
            readRest(leaving.origin());
        }
        for (Write write : folded.writes()) {
            if (write instanceof Write.Move move) {
                readRest(move.origin());
            }
        }
    }

    private void readRest(@Nullable Origin origin) throws SQLException {
        if (origin != null) {
            Map<String, @Nullable Object> rest = moved.rest(origin);
            if (rest != null) {
                rests.put(origin, rest);
            }
        }
    }

    private void write(List<Write> writes) throws SQLException {
        List<Ready> ready = new ArrayList<>(writes.size());
        Map<Shape, List<TargetColumn>> columns = new HashMap<>();
        for (Write write : writes) {
            try {
                ready.add(ready(write, columns));
            } catch (IllegalArgumentException | ArithmeticException e) {
                refused.put(write.key(), "a value has no form at the target: " + e.getMessage());
            }
        }
        if (!ready.isEmpty() && refused.isEmpty()) {
            new Attempts<>(connection, dialect, new Together(), refused).run(ready, Ready::key, table.unique());
        }
    }

    private final class Together implements Attempts.Way<Ready> {
        @Override
        public void write(List<Ready> rows, boolean clearFirst) throws SQLException {
            together(rows, clearFirst);
        }

        @Override
        public void clear(List<Ready> rows) throws SQLException {
            writer.delete(rows.stream()
                    .filter(row -> row.cells() == null || row.cells().complete())
                    .map(Ready::id)
                    .toList());
        }
    }

    /** One attempt for all of these rows. */
    private void together(List<Ready> rows, boolean clearFirst) throws SQLException {
        List<@Nullable Object[]> gone = new ArrayList<>();
        Map<List<TargetColumn>, Group> groups = new LinkedHashMap<>();
        for (Ready row : rows) {
            Cells cells = row.cells();
            if (cells == null || (clearFirst && cells.complete())) {
                gone.add(row.id());
            }
            if (cells != null) {
                groups.computeIfAbsent(cells.columns(), c -> new Group(c, cells.complete(), new ArrayList<>()))
                        .rows()
                        .add(cells.values());
            }
        }
        if (!gone.isEmpty()) {
            writer.delete(gone);
        }
        for (Group group : groups.values()) {
            if (!group.complete()) {
                writer.patch(group.columns(), group.rows());
            } else if (clearFirst) {
                writer.insert(group.columns(), group.rows());
            } else {
                writer.upsert(group.columns(), group.rows());
            }
        }
    }

    private Ready ready(Write write, Map<Shape, List<TargetColumn>> columns) {
        @Nullable Object[] id = moved.cells(write.key());
        return switch (write) {
            case Write.Delete delete -> new Ready(write.key(), id, null);
            case Write.Replace replace -> new Ready(write.key(), id, complete(replace.row(), columns));
            case Write.Patch patch -> new Ready(write.key(), id, partial(patch.row(), Map.of()));
            case Write.Move move ->
                new Ready(write.key(), id, partial(move.row(), rests.getOrDefault(move.origin(), Map.of())));
        };
    }

    private Cells complete(Row row, Map<Shape, List<TargetColumn>> known) {
        List<TargetColumn> columns = known.computeIfAbsent(
                row.shape(),
                shape -> shape.names().stream()
                        .map(table::column)
                        .filter(column -> !column.generated())
                        .toList());
        if (columns.size() != row.size()) {
            return partial(row, Map.of());
        }
        @Nullable Object[] cells = new @Nullable Object[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cell(row.value(i), columns.get(i));
        }
        return new Cells(columns, true, cells);
    }

    /** A number of a key that is kept as text has one text, by which its row is found again. */
    private @Nullable Object cell(@Nullable Object value, TargetColumn column) {
        if (value instanceof BigDecimal number && column.isText() && table.key().contains(column.name())) {
            return dialect.cell(Key.canonical(number), column);
        }
        return dialect.cell(value, column);
    }

    /** What the change says, and the rest from where the row stood before. */
    private Cells partial(Row row, Map<String, @Nullable Object> rest) {
        List<TargetColumn> columns = new ArrayList<>();
        List<@Nullable Object> cells = new ArrayList<>();
        boolean complete = true;
        for (int i = 0; i < row.size(); i++) {
            TargetColumn column = table.column(row.name(i));
            boolean unavailable = row.value(i) == Unavailable.VALUE;
            if (column.generated()) {
                continue;
            }
            if (!unavailable || rest.containsKey(column.name())) {
                columns.add(column);
                cells.add(unavailable ? rest.get(column.name()) : cell(row.value(i), column));
            } else {
                complete = false;
            }
        }
        return new Cells(columns, complete, cells.toArray());
    }
}
