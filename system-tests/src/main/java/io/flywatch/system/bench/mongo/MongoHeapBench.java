package io.flywatch.system.bench.mongo;

import io.flywatch.system.bench.Bench;
import io.flywatch.system.bench.Table;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Filling;
import io.flywatch.system.stand.RunnerStand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code mongo-heap}: how much memory the runner keeps alive while it changes few and many documents. */
public final class MongoHeapBench implements Bench {
    private static final Duration LIMIT = Duration.ofHours(4);
    private static final Pattern AFTER = Pattern.compile("Pause Full .*?->(\\d+)M\\(");

    @Override
    public String name() {
        return "mongo-heap";
    }

    @Override
    public String about() {
        return "peak of live heap for few and many documents [--few 200000] [--many 2000000]";
    }

    @Override
    public Table run(Arguments arguments) throws Exception {
        long few = arguments.number("few", 200_000);
        long many = arguments.number("many", 2_000_000);
        double first = peak(few);
        double second = peak(many);
        return new Table(
                "Memory of the runner against the size of the collection",
                List.of("documents", "peak of live heap", "of the first"),
                List.of(row(few, first, first), row(many, second, first)),
                List.of(
                        "A batched `$inc` over all documents, one worker. Live heap is what is left after a full collection, asked for every second (`jcmd GC.run`)."));
    }

    private static List<String> row(long documents, double peak, double first) {
        return List.of(
                "%,d".formatted(documents),
                String.format(Locale.ROOT, "%.0f MiB", peak),
                String.format(Locale.ROOT, "%.2f", peak / first));
    }

    private static double peak(long documents) throws Exception {
        Path log = Files.createTempFile("flywatch-gc", ".log");
        try (RunnerStand stand = RunnerStand.start(List.of("-Xmx1g", "-XX:+UseSerialGC", "-Xlog:gc:file=" + log))) {
            Filling.fill(stand.database().getCollection("things"), documents);
            stand.declare("heap", """
                      - version: 1
                        steps:
                          - update: { collection: things, filter: { }, update: { $inc: { n: 1 } } }
                    """);
            String run = stand.api().trigger("heap");
            Files.writeString(log, "");
            long end = System.nanoTime() + LIMIT.toNanos();
            while (stand.api().run(run).path("state").asText().matches("(?i)pending|running")
                    && System.nanoTime() < end) {
                collect(stand.process().pid());
                Thread.sleep(1_000);
            }
            stand.api().awaitSuccess(run, Duration.ofSeconds(1));
            return Files.readAllLines(log).stream()
                    .map(AFTER::matcher)
                    .filter(Matcher::find)
                    .mapToDouble(it -> Double.parseDouble(it.group(1)))
                    .max()
                    .orElseThrow(() -> new IllegalStateException("no collection was logged"));
        } finally {
            Files.delete(log);
        }
    }

    private static void collect(long pid) throws Exception {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
