package io.flywatch.system.faults;

import io.flywatch.system.faults.alerts.AlertFaults;
import io.flywatch.system.faults.cdc.CdcFaults;
import io.flywatch.system.faults.documents.DocumentFaults;
import io.flywatch.system.faults.mongo.MongoKills;
import io.flywatch.system.faults.routes.RouteFaults;
import io.flywatch.system.faults.runner.RunnerKills;
import io.flywatch.system.faults.runner.ScriptKills;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Quietly;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** {@code ./faults}: makes the runs of one suite and ends with 1 if anything was wrong. */
public final class Faults {
    private static final List<FaultSuite> ALL = List.of(
            new AlertFaults(),
            new CdcFaults(),
            new DocumentFaults(),
            new MongoKills(),
            new RouteFaults(),
            new RunnerKills(),
            new ScriptKills());

    private Faults() {}

    /** Takes the suite's name and {@code --runs}, {@code --seed} and its own arguments; without a name it lists them. */
    public static void main(String[] args) throws Exception {
        FaultSuite suite = args.length == 0
                ? null
                : ALL.stream()
                        .filter(it -> it.name().equals(args[0]))
                        .findFirst()
                        .orElse(null);
        if (suite == null) {
            System.out.println("usage: ./faults NAME [--runs N] [--seed S] [--argument value]...\n\nsuites:");
            ALL.forEach(it -> System.out.printf("  %-18s %s%n", it.name(), it.about()));
            System.exit(args.length == 0 ? 0 : 2);
            return;
        }
        Quietly.please();
        Arguments arguments = Arguments.of(Arrays.asList(args).subList(1, args.length));
        System.exit(failed(suite, arguments) == 0 ? 0 : 1);
    }

    private static int failed(FaultSuite suite, Arguments arguments) throws Exception {
        long runs = arguments.number("runs", suite.runs());
        long first = arguments.number("seed", System.nanoTime() & 0xffffff);
        List<Long> failed = new ArrayList<>();
        try (FaultSuite.Runs all = suite.open(arguments)) {
            for (long seed = first; seed < first + runs; seed++) {
                long since = System.nanoTime();
                List<String> wrong = all.run(new Random(seed));
                System.out.printf(
                        "run %d of %d, seed %d: %s (%d s)%n",
                        seed - first + 1,
                        runs,
                        seed,
                        wrong.isEmpty() ? "right" : "WRONG",
                        (System.nanoTime() - since) / 1_000_000_000);
                wrong.forEach(it -> System.out.println("  " + it));
                if (!wrong.isEmpty()) {
                    failed.add(seed);
                }
            }
            all.summary().forEach(System.out::println);
        }
        System.out.println(
                failed.isEmpty()
                        ? "All %d runs were right.".formatted(runs)
                        : "%d of %d runs were wrong; again with --runs 1 --seed %s"
                                .formatted(failed.size(), runs, failed));
        return failed.size();
    }
}
