package io.flywatch.system.bench.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.flywatch.system.bench.Bench;
import io.flywatch.system.bench.Table;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.ReplicationSetup;
import io.flywatch.system.stand.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** One transaction of very many rows, and very many wide rows, through a processor with a small heap. */
public final class MemoryBench implements Bench {
    private static final Duration LIMIT = Duration.ofMinutes(60);
    private static final int WIDE = 50_000;
    private static final double MEBI = 1024.0 * 1024.0;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String about() {
        return "a processor's heap under one huge transaction and a stream of wide rows"
                + " (--rows 1000000 --megabytes 500 --heap 256 --target postgresql|mongodb)";
    }

    @Override
    public Table run(Arguments arguments) throws Exception {
        long heap = arguments.number("heap", 256);
        long rows = arguments.number("rows", 1_000_000);
        long megabytes = arguments.number("megabytes", 500);
        String kind = arguments.text("target", "postgresql");
        List<List<String>> found = new ArrayList<>();
        ReplicationSetup setup = new ReplicationSetup(
                Layout.target("bench-memory"),
                "postgresql",
                kind,
                List.of(
                        "create table many (id bigint primary key, name text, amount numeric(12,2))",
                        "create table wide (id bigint primary key, content text)",
                        "insert into many values (0, 'first', 0)",
                        "insert into wide values (0, 'first')"),
                List.of(),
                Map.of(),
                List.of("-Xmx" + heap + "m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        try (Replication replication = Replication.start(setup)) {
            replication.awaitStreaming(Duration.ofMinutes(3));
            found.add(
                    measured(replication, "one transaction of " + rows + " rows", rows, () -> many(replication, rows)));
            long wide = megabytes * 1_000_000 / WIDE;
            found.add(measured(
                    replication, megabytes + " MB in rows of " + WIDE + " bytes", wide, () -> wide(replication, wide)));
        }
        return new Table(
                "Memory, PostgreSQL to " + kind + " with a heap of " + heap + " MiB",
                List.of("what came", "rows/s until all was applied", "most heap in use, garbage included"),
                found,
                List.of("The processor would have ended at the first OutOfMemoryError; it did not."));
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static List<String> measured(Replication replication, String what, long rows, Work work) throws Exception {
        long before = applied(replication);
        long began = System.nanoTime();
        try (HeapWatch heap = HeapWatch.of(
                java.util.Objects.requireNonNull(replication.processors().get("one"))
                        .url())) {
            work.run();
            Waiting.until(LIMIT, "all rows are applied", () -> {
                if (!replication.processorLives("one")) {
                    throw new IllegalStateException("The processor ended.");
                }
                return applied(replication) - before >= rows;
            });
            double seconds = (System.nanoTime() - began) / 1e9;
            return List.of(
                    what,
                    String.format(Locale.ROOT, "%,.0f", rows / seconds),
                    String.format(Locale.ROOT, "%,.0f MiB", heap.most() / MEBI));
        }
    }

    private static long applied(Replication replication) throws InterruptedException {
        long applied = 0;
        for (JsonNode table : replication.lag("one").path("tables")) {
            applied += table.path("streamedRows").asLong();
        }
        return applied;
    }

    private static void many(Replication replication, long rows) throws SQLException {
        try (Connection connection = replication.source();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into many select i, 'row ' || i, i / 100.0 from generate_series(1, " + rows + ") i");
        }
    }

    /** Random text, as nothing in between is to make it small. */
    private static void wide(Replication replication, long rows) throws SQLException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder(WIDE);
        while (text.length() < WIDE) {
            text.append(Long.toString(random.nextLong(), 36));
        }
        try (Connection connection = replication.source();
                PreparedStatement insert = connection.prepareStatement("insert into wide values (?, ?)")) {
            for (long i = 1; i <= rows; i++) {
                int from = random.nextInt(WIDE);
                insert.setLong(1, i);
                insert.setString(2, text.substring(from, WIDE) + text.substring(0, from));
                insert.executeUpdate();
            }
        }
    }
}
