package io.flywatch.alerts.adapter.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How rows travel to PostgreSQL: one row as its values, more as an array per column. In a statement they stand where it says
 * {@code {rows}}, and are called {@code x} there. A row as JSON would cost PostgreSQL several times as much.
 */
final class Rows<T> {

    private final List<Column<T>> columns;

    private Rows(List<Column<T>> columns) {
        this.columns = List.copyOf(columns);
    }

    private record Column<T>(String name, String type, Function<T, @Nullable Object> value) {

        @Nullable
        String text(T row) {
            Object found = value.apply(row);
            return found == null ? null : found.toString();
        }
    }

    /** Some rows: what stands for them in a statement, and its parameters. */
    record Some(boolean none, String source, List<@Nullable Object> parameters) {}

    /** Rows with one column. */
    static <T> Rows<T> of(String name, String type, Function<T, @Nullable Object> value) {
        return new Rows<>(List.of(new Column<>(name, type, value)));
    }

    /** And another column, behind the others. */
    Rows<T> and(String name, String type, Function<T, @Nullable Object> value) {
        return new Rows<>(Stream.concat(columns.stream(), Stream.of(new Column<>(name, type, value)))
                .toList());
    }

    /** These rows. */
    Some of(Collection<? extends T> rows) {
        boolean one = rows.size() == 1;
        String places = columns.stream()
                .map(column -> "?::" + column.type() + (one ? "" : "[]"))
                .collect(Collectors.joining(", "));
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        List<@Nullable Object> parameters = new ArrayList<>();
        for (Column<T> column : columns) {
            List<@Nullable String> values = new ArrayList<>();
            rows.forEach(row -> values.add(column.text(row)));
            parameters.add(one ? values.getFirst() : values);
        }
        return new Some(
                rows.isEmpty(),
                (one ? "(values (" + places + "))" : "unnest(" + places + ")") + " as x(" + names + ")",
                parameters);
    }
}
