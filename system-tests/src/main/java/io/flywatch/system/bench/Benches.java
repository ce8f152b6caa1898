package io.flywatch.system.bench;

import io.flywatch.system.bench.alerts.AlertBench;
import io.flywatch.system.bench.apply.ApplyMongoBench;
import io.flywatch.system.bench.apply.ApplyPostgresBench;
import io.flywatch.system.bench.detect.DecideBench;
import io.flywatch.system.bench.detect.DetectBench;
import io.flywatch.system.bench.incidents.IncidentBench;
import io.flywatch.system.bench.incidents.RecordBench;
import io.flywatch.system.bench.lag.LagBench;
import io.flywatch.system.bench.memory.MemoryBench;
import io.flywatch.system.bench.mongo.MongoChangeSetsBench;
import io.flywatch.system.bench.mongo.MongoHeapBench;
import io.flywatch.system.bench.mongo.MongoUpdateBench;
import io.flywatch.system.bench.nab.NabBench;
import io.flywatch.system.bench.verify.VerifyBench;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.Machine;
import io.flywatch.system.stand.Quietly;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** {@code ./bench}: runs one benchmark, prints its table and keeps it in {@code docs/benchmarks.md}. */
public final class Benches {
    private static final List<Bench> ALL = List.of(
            new AlertBench(),
            new ApplyMongoBench(),
            new ApplyPostgresBench(),
            new DetectBench(),
            new DecideBench(),
            new LagBench(),
            new MemoryBench(),
            new IncidentBench(),
            new RecordBench(),
            new NabBench(),
            new VerifyBench(),
            new MongoUpdateBench(),
            new MongoHeapBench(),
            new MongoChangeSetsBench());

    private Benches() {}

    /** Takes the benchmark's name and its arguments; without a name it lists them. */
    public static void main(String[] args) throws Exception {
        Bench bench = args.length == 0
                ? null
                : ALL.stream()
                        .filter(it -> it.name().equals(args[0]))
                        .findFirst()
                        .orElse(null);
        if (bench == null) {
            System.out.println("usage: ./bench NAME [--argument value]...\n\nbenchmarks:");
            ALL.forEach(it -> System.out.printf("  %-18s %s%n", it.name(), it.about()));
            System.exit(args.length == 0 ? 0 : 2);
            return;
        }
        Quietly.please();
        List<String> words = Arrays.asList(args).subList(1, args.length);
        double load = Machine.load();
        if (load > 1) {
            System.err.printf(Locale.ROOT, "This machine is busy (load %.1f): the figures will say less.%n", load);
        }
        Table table = bench.run(Arguments.of(words));
        String command = ("./bench " + bench.name() + " " + String.join(" ", words)).strip();
        String section = table.markdown(command, Machine.told());
        System.out.println(section);
        new BenchmarksPage(Layout.home().resolve("docs/benchmarks.md")).put(bench.name(), section);
        // Clients' threads that are still about don't keep it.
        System.exit(0);
    }
}
