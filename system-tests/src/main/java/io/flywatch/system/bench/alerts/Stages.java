package io.flywatch.system.bench.alerts;

import io.flywatch.stack.EmbeddedPostgres;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Where the time went between post and delivery: by what PostgreSQL knows of each notice, and what the two ends saw. */
final class Stages {

    private static final int SLOWEST = 25;

    private Stages() {}

    /**
     * An alert as the two ends saw it.
     *
     * @param offset when it was due to be posted, in milliseconds after the first
     * @param posted when it was
     * @param answered after how long the post was answered, in milliseconds
     * @param came after how long it was delivered, in milliseconds
     */
    record Seen(String name, double offset, Instant posted, double answered, double came) {}

    /**
     * An alert with its stamps, in milliseconds after its post.
     *
     * @param taken when it was read
     * @param begun when a round began to decide on it
     * @param kept when its outcome was about to be kept
     */
    private record Stamped(Seen seen, double taken, double begun, double kept) {}

    private record Row(Instant taken, Instant begun, Instant kept) {}

    /** Prints the shares of each stage, and the slowest with their stamps. */
    static void print(PrintStream out, List<Seen> all, EmbeddedPostgres postgres) throws SQLException {
        Map<String, Row> rows = rows(postgres);
        // The service's clock never goes back: it may be ahead of the machine's by some milliseconds.
        double ahead = all.stream()
                .filter(seen -> rows.containsKey(seen.name()))
                .mapToDouble(seen -> millis(
                        seen.posted(),
                        Objects.requireNonNull(rows.get(seen.name())).taken()))
                .min()
                .orElse(0);
        List<Stamped> stamped = all.stream()
                .filter(seen -> rows.containsKey(seen.name()))
                .map(seen -> {
                    Row row = Objects.requireNonNull(rows.get(seen.name()));
                    return new Stamped(
                            seen,
                            millis(seen.posted(), row.taken()) - ahead,
                            millis(seen.posted(), row.begun()) - ahead,
                            millis(seen.posted(), row.kept()) - ahead);
                })
                .toList();
        out.printf("%-28s %9s %9s %9s %9s%n", "milliseconds", "median", "90 %", "99 %", "longest");
        line(out, "posted to taken in", stamped, Stamped::taken);
        line(out, "taken in to round begun", stamped, it -> it.begun() - it.taken());
        line(out, "round begun to delivered", stamped, it -> it.seen().came() - it.begun());
        line(out, "delivered to outcome", stamped, it -> it.kept() - it.seen().came());
        line(out, "posted to answered", stamped, it -> it.seen().answered());
        line(out, "posted to delivered", stamped, it -> it.seen().came());
        out.println("The slowest, in milliseconds after their post:");
        stamped.stream()
                .sorted(Comparator.<Stamped>comparingDouble(it -> it.seen().came())
                        .reversed())
                .limit(SLOWEST)
                .sorted(Comparator.comparingDouble(it -> it.seen().offset()))
                .forEach(it -> out.printf(
                        Locale.ROOT,
                        "at %9.1f: taken %7.2f begun %7.2f answered %7.2f delivered %7.2f outcome %7.2f%n",
                        it.seen().offset(),
                        it.taken(),
                        it.begun(),
                        it.seen().answered(),
                        it.seen().came(),
                        it.kept()));
        List<String> seconds = IntStream.range(0, (int) (all.getLast().offset() / 1000) + 1)
                .mapToObj(second -> {
                    double[] took = all.stream()
                            .filter(seen -> (int) (seen.offset() / 1000) == second)
                            .mapToDouble(Seen::came)
                            .sorted()
                            .toArray();
                    return took.length == 0
                            ? "–"
                            : String.format(Locale.ROOT, "%.1f/%.0f", took[took.length / 2], took[took.length - 1]);
                })
                .toList();
        out.println("Median/longest of each second: " + String.join(" ", seconds));
    }

    private static void line(PrintStream out, String name, List<Stamped> stamped, ToDoubleFunction<Stamped> length) {
        double[] sorted = stamped.stream().mapToDouble(length).toArray();
        Arrays.sort(sorted);
        int n = sorted.length;
        out.printf(
                Locale.ROOT,
                "%-28s %9.2f %9.2f %9.2f %9.2f%n",
                name,
                sorted[n / 2],
                sorted[(int) (n * 0.9)],
                sorted[(int) (n * 0.99)],
                sorted[n - 1]);
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    private static Map<String, Row> rows(EmbeddedPostgres postgres) throws SQLException {
        Map<String, Row> rows = new HashMap<>();
        try (Connection connection = postgres.connect("bench");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("""
                        select story::jsonb #>> '{alerts,0,labels,n}', since, created_at, done_at
                        from dispatcher.notice where done_at is not null and since is not null
                        """)) {
            while (found.next()) {
                rows.put(
                        String.valueOf(found.getString(1)),
                        new Row(
                                found.getTimestamp(2).toInstant(),
                                found.getTimestamp(3).toInstant(),
                                found.getTimestamp(4).toInstant()));
            }
        }
        return rows;
    }
}
