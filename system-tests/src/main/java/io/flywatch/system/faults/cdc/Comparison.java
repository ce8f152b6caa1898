package io.flywatch.system.faults.cdc;

import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.Rows;
import io.flywatch.system.stand.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Source and target, row by row, once everything has arrived, and the book of what was written meanwhile. */
final class Comparison {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int SHOWN = 5;

    private final Replication replication;
    private Ground.Turns before = new Ground.Turns(0, 0);
    private long again;

    Comparison(Replication replication) {
        this.replication = replication;
    }

    /** How many writes were made again to the same effect, in all. */
    long again() {
        return again;
    }

    /**
     * What is wrong, when the target had all the time that it may need.
     *
     * @param repeats whether the source's topic may hold a change twice
     */
    List<String> differences(boolean repeats) throws Exception {
        List<String> wrong = new ArrayList<>();
        try {
            Waiting.until(LIMIT, "source and target are equal", () -> found().isEmpty());
        } catch (IllegalStateException late) {
            wrong.add(String.valueOf(late.getMessage()));
            wrong.addAll(found());
        }
        Optional<Connection> target = replication.target().connect();
        if (target.isPresent()) {
            try (Connection connection = target.get()) {
                turns(Ground.turns(connection), repeats, wrong);
            }
        }
        return wrong;
    }

    private void turns(Ground.Turns now, boolean repeats, List<String> wrong) {
        long back = now.back() - before.back();
        long more = now.again() - before.again();
        if (back > 0) {
            wrong.add(back + " writes took a row back in time");
        }
        if (more > 0 && !repeats) {
            wrong.add(more + " changes were written twice");
        }
        again += more;
        before = now;
    }

    private List<String> found() {
        List<String> differences = new ArrayList<>();
        try {
            compare(Ground.ITEMS, differences);
            compare(Ground.NOTES, differences);
        } catch (SQLException e) {
            differences.add(String.valueOf(e.getMessage()));
        }
        return differences;
    }

    private void compare(String table, List<String> differences) throws SQLException {
        Map<Long, String> expected;
        List<String> columns;
        try (Connection source = replication.source()) {
            columns = columns(source, table);
            expected = Rows.read(source, table, "id", columns);
        }
        Map<Long, String> actual = replication.target().read(table, "id", columns);
        TreeSet<Long> keys = new TreeSet<>(expected.keySet());
        keys.addAll(actual.keySet());
        long different = 0;
        for (Long key : keys) {
            String should = expected.get(key);
            String is = actual.get(key);
            if (!Objects.equals(should, is) && different++ < SHOWN) {
                differences.add(table + " " + key + " " + columns + ": source " + shortened(should) + ", target "
                        + shortened(is));
            }
        }
        if (different > SHOWN) {
            differences.add(table + ": " + different + " rows differ, of " + keys.size());
        }
    }

    /** All but the key and the time, which each database writes in its own way. */
    private static List<String> columns(Connection source, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (var found = source.getMetaData().getColumns(source.getCatalog(), null, table, null)) {
            while (found.next()) {
                String name = found.getString("COLUMN_NAME").toLowerCase(Locale.ROOT);
                if (!name.equals("id") && !name.equals("changed_at")) {
                    columns.add(name);
                }
            }
        }
        return columns;
    }

    private static String shortened(@Nullable String row) {
        return row == null ? "nothing" : row.length() <= 90 ? row : row.substring(0, 90) + "…";
    }
}
