package io.flywatch.system.faults.routes;

import io.flywatch.system.stand.Contents;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.ReplicationSetup;
import io.flywatch.system.stand.Waiting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One way of the whole database.
 *
 * @param source {@code postgresql} or {@code mariadb}
 * @param target {@code postgresql}, {@code mariadb} or {@code mongodb}
 * @param connector Debezium settings that differ
 */
public record Route(String source, String target, Map<String, String> connector) {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int TABLES = 11;

    /**
     * Moves it while it is written to: the snapshot and the stream, over a processor that is killed in each.
     *
     * @param seconds how long it is written to after the snapshot began
     * @return what is wrong
     */
    public List<String> run(Chinook chinook, Random random, int seconds) throws Exception {
        Replication replication = Replication.start(new ReplicationSetup(
                Layout.target("faults-routes-" + source + "-" + target),
                source,
                target,
                chinook.statements(source),
                List.of(),
                connector,
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")));
        try (replication;
                ShopLoad load = ShopLoad.start(replication, source.equals("mariadb"), random.nextLong())) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1, 3_000));
            replication.killProcessor("one");
            replication.startProcessor("one");
            replication.awaitStreaming(LIMIT);
            TimeUnit.SECONDS.sleep(seconds);
            replication.proxy().reset();
            replication.killProcessor("one");
            replication.startProcessor("one");
            TimeUnit.SECONDS.sleep(1);
            load.close();
            return differences(replication);
        }
    }

    private static List<String> differences(Replication replication) throws InterruptedException {
        try {
            Waiting.until(
                    LIMIT,
                    "source and target are equal",
                    () -> found(replication).isEmpty());
            return List.of();
        } catch (IllegalStateException late) {
            return found(replication);
        }
    }

    private static List<String> found(Replication replication) {
        List<String> wrong = new ArrayList<>();
        try (Connection source = replication.source()) {
            Map<String, List<String>> tables = tables(source);
            if (tables.size() != TABLES) {
                wrong.add("the source has the tables " + tables.keySet());
            }
            for (Map.Entry<String, List<String>> table : tables.entrySet()) {
                compare(replication, source, table, wrong);
            }
        } catch (SQLException e) {
            wrong.add(String.valueOf(e.getMessage()));
        }
        return wrong;
    }

    private static void compare(
            Replication replication, Connection source, Map.Entry<String, List<String>> table, List<String> wrong)
            throws SQLException {
        List<String> should = Contents.of(source, table.getKey(), table.getValue());
        List<String> is = replication.target().contents(table.getKey(), table.getValue());
        if (!should.equals(is)) {
            Set<String> missing = new HashSet<>(should);
            is.forEach(missing::remove);
            wrong.add("%s has %d rows at the source and %d at the target; missing at the target: %s"
                    .formatted(
                            table.getKey(),
                            should.size(),
                            is.size(),
                            missing.stream().limit(3).toList()));
        }
    }

    private static Map<String, List<String>> tables(Connection source) throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        String schema = source.getMetaData().getIdentifierQuoteString().equals("`") ? null : "public";
        try (ResultSet columns = source.getMetaData().getColumns(source.getCatalog(), schema, "%", null)) {
            while (columns.next()) {
                tables.computeIfAbsent(columns.getString("TABLE_NAME"), name -> new ArrayList<>())
                        .add(columns.getString("COLUMN_NAME"));
            }
        }
        tables.keySet().removeIf(name -> name.startsWith("pg_"));
        return tables;
    }
}
