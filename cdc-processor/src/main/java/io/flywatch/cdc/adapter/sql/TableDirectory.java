package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.change.ColumnType;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.order.Folded;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The target's tables as we know them. Before rows of a new shape are written, the table is made or follows, as the route's policy
 * allows; each statement takes effect by itself, outside of the rows' transaction, as some databases can't do otherwise.
 */
final class TableDirectory {
    private static final Logger LOG = Logger.getLogger(TableDirectory.class);

    private final Dialect dialect;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    TableDirectory(Dialect dialect) {
        this.dialect = dialect;
    }

    /** A table and the shapes of rows that fit it. */
    private record Known(TargetTable table, Set<Shape> shapes) {}

    /** The table can't take the rows until a person mends it, or at all. */
    static final class UnfitException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnfitException(String reason) {
            super(reason, null, false, false);
        }
    }

    /** What was known of a table is no longer so. */
    void forget(String name) {
        known.remove(name);
    }

    /** Where rows go and what may be done to the table. */
    record Wanted(String name, List<String> key, boolean create, boolean follow) {}

    /**
     * The table, ready for these rows; empty if there is none and nothing that had to be written to it.
     *
     * @param connection outside of any transaction
     */
    Optional<TargetTable> ready(Connection connection, Wanted wanted, Folded folded) throws SQLException {
        List<Shape> shapes = folded.shapes();
        Known before = known.get(wanted.name());
        if (before != null && before.shapes().containsAll(shapes)) {
            return Optional.of(before.table());
        }
        Optional<TargetTable> found = dialect.find(connection, wanted.name(), wanted.key());
        if (found.isEmpty() && shapes.isEmpty()) {
            return Optional.empty();
        }
        if (found.isEmpty()) {
            create(connection, wanted, shapes.getLast());
            found = dialect.find(connection, wanted.name(), wanted.key());
        }
        TargetTable table = fit(found, wanted);
        List<String> changes = changes(table, shapes);
        if (!changes.isEmpty()) {
            follow(connection, wanted, changes);
            table = fit(dialect.find(connection, wanted.name(), wanted.key()), wanted);
            if (!changes(table, shapes).isEmpty()) {
                throw new UnfitException("the target's table " + wanted.name()
                        + " does not become what the source's is. Do it by hand: " + String.join("; ", changes));
            }
        }
        Set<Shape> all = new HashSet<>(before == null ? Set.of() : before.shapes());
        all.addAll(shapes);
        known.put(wanted.name(), new Known(table, all));
        return Optional.of(table);
    }

    private static TargetTable fit(Optional<TargetTable> found, Wanted wanted) {
        TargetTable table =
                found.orElseThrow(() -> new UnfitException("the target's table " + wanted.name() + " is gone"));
        table.unfit().ifPresent(reason -> {
            throw new UnfitException(reason);
        });
        return table;
    }

    private void create(Connection connection, Wanted wanted, Shape shape) throws SQLException {
        if (!wanted.create()) {
            throw new UnfitException("the target has no table " + wanted.name()
                    + ", and the migration says target.tables: check. Create it, or leave that to us");
        }
        List<String> types = new ArrayList<>();
        for (int i = 0; i < shape.size(); i++) {
            types.add(dialect.type(
                    shape.types().get(i), wanted.key().contains(shape.names().get(i))));
        }
        run(connection, dialect.create(wanted.name(), shape.names(), types, wanted.key()));
        LOG.infof("table created table=%s", wanted.name());
    }

    private List<String> changes(TargetTable table, List<Shape> shapes) {
        return shapes.stream()
                .flatMap(shape -> changes(table, shape).stream())
                .distinct()
                .toList();
    }

    private List<String> changes(TargetTable table, Shape shape) {
        List<String> changes = new ArrayList<>();
        for (int i = 0; i < shape.size(); i++) {
            String name = shape.names().get(i);
            ColumnType type = shape.types().get(i);
            TargetColumn column = table.columns().get(name);
            if (column == null) {
                String wants = dialect.type(type, false);
                changes.add("alter table " + table.name() + " add column " + dialect.quote(name) + " " + wants
                        + initial(name, wants, shape.defaults().get(i)));
            } else {
                dialect.widened(table, column, type).ifPresent(changes::add);
            }
        }
        return changes;
    }

    /** Rows that are there already got the default at the source, and no change tells of it. */
    private String initial(String name, String type, @Nullable Object value) {
        if (value == null) {
            return "";
        }
        String plain = type.replaceAll("\\(.*?\\)", "").strip();
        try {
            Object cell = dialect.cell(value, new TargetColumn(name, plain, -1, -1, false));
            return cell == null ? "" : " default " + dialect.literal(cell);
        } catch (IllegalArgumentException | ArithmeticException noForm) {
            return "";
        }
    }

    private void follow(Connection connection, Wanted wanted, List<String> changes) throws SQLException {
        if (!wanted.follow()) {
            throw new UnfitException(
                    "the source's table has changed, and the migration does not let us change the target (target.tables). Do it by hand: "
                            + String.join("; ", changes));
        }
        run(connection, changes);
        LOG.infof("table follows the source table=%s changes=%s", wanted.name(), changes);
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
