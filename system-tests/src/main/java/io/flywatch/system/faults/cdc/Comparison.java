package io.flywatch.system.faults.cdc;

import com.fasterxml.jackson.databind.JsonNode;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.Rows;
import io.flywatch.system.stand.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Source and target, row by row, with their versions, once everything has arrived. */
final class Comparison {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int SHOWN = 5;
    private static final List<String> COLUMNS = List.of("version", "name");

    private final Replication replication;
    private long letters;

    Comparison(Replication replication) {
        this.replication = replication;
    }

    /** What is wrong, when the target had all the time that it may need. */
    List<String> differences(int poisons) throws Exception {
        letters += poisons;
        List<String> wrong = new ArrayList<>();
        try {
            Waiting.until(LIMIT, "source and target are equal", () -> found().isEmpty());
        } catch (IllegalStateException late) {
            wrong.add(String.valueOf(late.getMessage()));
            wrong.addAll(found());
        }
        long open = deadLetters();
        if (open != letters) {
            wrong.add(open + " dead letters are open, and " + letters + " should be");
            letters = open;
        }
        return wrong;
    }

    private List<String> found() {
        List<String> differences = new ArrayList<>();
        try {
            for (String table : MixedLoad.tables()) {
                List<String> columns = new ArrayList<>(COLUMNS);
                if (table.equals(MixedLoad.TABLE)) {
                    columns.add("large");
                }
                compare(table, columns, differences);
            }
        } catch (SQLException e) {
            differences.add(String.valueOf(e.getMessage()));
        }
        return differences;
    }

    private void compare(String table, List<String> columns, List<String> differences) throws SQLException {
        Map<Long, String> expected;
        try (Connection source = replication.source()) {
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
                differences.add(table + " " + key + ": source " + shortened(should) + ", target " + shortened(is));
            }
        }
        if (different > SHOWN) {
            differences.add(table + ": " + different + " rows differ, of " + keys.size());
        }
    }

    private static String shortened(@org.jspecify.annotations.Nullable String row) {
        return row == null ? "nothing" : row.length() <= 60 ? row : row.substring(0, 60) + "…";
    }

    private long deadLetters() throws InterruptedException {
        JsonNode lag = replication.lag("one");
        return lag.path("deadLetters").asLong(-1);
    }
}
