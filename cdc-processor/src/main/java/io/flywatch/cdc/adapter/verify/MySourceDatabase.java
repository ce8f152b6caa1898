package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.ColumnType;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.change.Unavailable;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.SourceTable;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A MySQL or MariaDB source. */
record MySourceDatabase(DbSession session) implements SourceDatabase {

    @Override
    public Read read(TableRoute route) {
        List<MyColumn> all = columns(route);
        return new Opened(session, MyTable.of(route.source(), all, route.keyColumns()), all);
    }

    private List<MyColumn> columns(TableRoute route) {
        return session.run(connection -> MyTable.columns(connection, route.source()));
    }

    @Override
    public String schema(TableRoute route) {
        return columns(route).stream()
                .map(column -> column.name() + '\t' + column.declared() + '\n')
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        session.close();
    }

    private record Opened(DbSession session, MyTable my, List<MyColumn> all) implements Read {

        @Override
        public Set<String> compared() {
            return my.columns().stream().map(MyColumn::name).collect(Collectors.toSet());
        }

        @Override
        public List<String> left() {
            return my.left();
        }

        @Override
        public SourceShape shape(TableMapping mapping) {
            return new SourceShape(
                    my.columns().stream().map(MyColumn::described).toList(),
                    my.key().stream().map(MyColumn::described).toList(),
                    mapping,
                    new MyRows(my)::key);
        }

        @Override
        public SourceTable table(boolean summable, Form form) {
            return new MySource(session, my, form);
        }

        @Override
        public Function<Collection<RowKey>, Map<RowKey, Change>> changes(TableMapping mapping) {
            List<MyColumn> columns = Stream.concat(
                            my.columns().stream(),
                            all.stream().filter(column -> column.reader() == null && !column.isGenerated()))
                    .toList();
            Shape shape = new Shape(
                    columns.stream().map(MyColumn::name).toList(),
                    columns.stream().map(Opened::type).toList());
            return keys -> changes(keys, mapping, shape);
        }

        /** As Debezium tells it. */
        private static ColumnType type(MyColumn column) {
            String sign = column.declared().contains("unsigned") ? " UNSIGNED" : "";
            boolean sized =
                    Set.of("char", "varchar", "binary", "varbinary", "bit").contains(column.type());
            return new ColumnType(
                    ColumnType.Vendor.MYSQL,
                    column.type().toUpperCase(Locale.ROOT) + sign,
                    sized ? column.length() : -1,
                    -1,
                    "",
                    "string");
        }

        private Map<RowKey, Change> changes(Collection<RowKey> keys, TableMapping mapping, Shape shape) {
            MyRows rows = new MyRows(my);
            Map<RowKey, Change> changes = new HashMap<>();
            keys.forEach(key -> changes.put(key, new Change.Delete(mapping.key(rows.key(key)), null)));
            return session.run(connection -> {
                rows.read(connection, my.whereKeys(keys), my.parameters(keys), (rowKey, key, row) -> {
                    if (changes.containsKey(rowKey)) {
                        put(
                                changes,
                                rowKey,
                                () -> new Change.Put(mapping.key(key), mapping.row(complete(row, shape)), null));
                    }
                });
                return changes;
            });
        }

        /** What can't be mapped is in the dead letters, and stays as it is. */
        private static void put(Map<RowKey, Change> changes, RowKey key, java.util.function.Supplier<Change> change) {
            try {
                changes.put(key, change.get());
            } catch (IllegalArgumentException unmapped) {
                changes.remove(key);
            }
        }

        private static Row complete(Row row, Shape shape) {
            @Nullable Object[] values = new @Nullable Object[shape.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = i < row.size() ? row.value(i) : Unavailable.VALUE;
            }
            return new Row(shape, values);
        }
    }
}
