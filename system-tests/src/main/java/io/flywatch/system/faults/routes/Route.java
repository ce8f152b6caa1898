package io.flywatch.system.faults.routes;

import io.flywatch.system.stand.Contents;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.ReplicationSetup;
import io.flywatch.system.stand.StandRegistry;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One way of the whole database.
 *
 * @param source {@code postgresql} or {@code mariadb}
 * @param target {@code postgresql}, {@code mariadb} or {@code mongodb}
 * @param connector Debezium settings that differ
 * @param avro whether the connector writes Avro, by a registry
 * @param embeds whether lines go into their invoices, and tracks into their playlists
 */
public record Route(String source, String target, Map<String, String> connector, boolean avro, boolean embeds) {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int TABLES = 11;

    /**
     * Moves it while it is written to: the snapshot and the stream, over a processor that is killed in each.
     *
     * @param seconds how long it is written to after the snapshot began
     * @return what is wrong
     */
    public List<String> run(Chinook chinook, Random random, int seconds) throws Exception {
        try (StandRegistry registry = StandRegistry.start()) {
            List<String> wrong = run(chinook, random, seconds, avro ? registry : null);
            if (avro) {
                System.out.println("the registry has " + registry.counts());
            }
            return wrong.isEmpty() && avro && !registry.wasAsked() ? List.of("no schema was read") : wrong;
        }
    }

    private List<String> run(Chinook chinook, Random random, int seconds, @Nullable StandRegistry registry)
            throws Exception {
        Replication replication = Replication.start(new ReplicationSetup(
                Layout.target("faults-routes-" + source + "-" + target),
                source,
                target,
                chinook.statements(source),
                List.of(),
                connector,
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                embedded().stream().map(EmbeddedTable::mapping).toList(),
                registry));
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
            List<String> wrong = differences(replication);
            return wrong.isEmpty() ? new Verified(replication).differences() : wrong;
        }
    }

    private List<EmbeddedTable> embedded() {
        if (!embeds) {
            return List.of();
        }
        return source.equals("mariadb")
                ? List.of(
                        new EmbeddedTable("shop", "InvoiceLine", "Invoice", "lines", "InvoiceId", "InvoiceLineId"),
                        new EmbeddedTable("shop", "PlaylistTrack", "Playlist", "tracks", "PlaylistId", "TrackId"))
                : List.of(
                        new EmbeddedTable(
                                "public", "invoice_line", "invoice", "lines", "invoice_id", "invoice_line_id"),
                        new EmbeddedTable("public", "playlist_track", "playlist", "tracks", "playlist_id", "track_id"));
    }

    private List<String> differences(Replication replication) throws InterruptedException {
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

    private List<String> found(Replication replication) {
        List<String> wrong = new ArrayList<>();
        try (Connection source = replication.source()) {
            Map<String, List<String>> tables = tables(source);
            if (tables.size() != TABLES) {
                wrong.add("the source has the tables " + tables.keySet());
            }
            Map<String, EmbeddedTable> embedded =
                    embedded().stream().collect(Collectors.toMap(EmbeddedTable::table, table -> table));
            for (Map.Entry<String, List<String>> table : tables.entrySet()) {
                EmbeddedTable into = embedded.get(table.getKey());
                compare(replication, source, table, into == null ? table.getKey() : into.collection(), wrong);
                if (into != null) {
                    wrong.addAll(into.differences(source, replication.target(), table.getValue()));
                }
            }
        } catch (SQLException e) {
            wrong.add(String.valueOf(e.getMessage()));
        }
        return wrong;
    }

    private static void compare(
            Replication replication,
            Connection source,
            Map.Entry<String, List<String>> table,
            String collection,
            List<String> wrong)
            throws SQLException {
        List<String> should = Contents.of(source, table.getKey(), table.getValue());
        List<String> is = replication.target().contents(collection, table.getValue());
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
