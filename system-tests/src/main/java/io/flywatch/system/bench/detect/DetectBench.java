package io.flywatch.system.bench.detect;

import io.flywatch.anomaly.score.Intake;
import io.flywatch.anomaly.score.Nature;
import io.flywatch.anomaly.score.Sensitivity;
import io.flywatch.anomaly.score.SeriesScorer;
import io.flywatch.anomaly.score.Spells;
import io.flywatch.system.bench.Bench;
import io.flywatch.system.bench.Table;
import io.flywatch.system.stand.Arguments;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** {@code ./bench detect}: points a second on one core, and the heap that a series takes. */
public final class DetectBench implements Bench {

    private static final int ROUNDS = 5;
    private static final int POINTS_AT_ONCE = 64;
    private static final long SECOND_MS = 1000;

    @Override
    public String name() {
        return "detect";
    }

    @Override
    public String about() {
        return "what scoring costs: points a second and core, bytes a series; --series N (100000), --points N (5000000)";
    }

    @Override
    public Table run(Arguments arguments) {
        int series = (int) arguments.number("series", 100_000);
        int points = (int) arguments.number("points", 5_000_000);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("points a second and core, one series after another", figure(rate(200, points)), "1,000,000"));
        long before = heap();
        List<Watch> many = watches(series);
        fill(many);
        long after = heap();
        rows.add(List.of(
                "bytes a series, " + figure(series) + " series", figure((double) (after - before) / series), "8,192"));
        rows.add(List.of("heap of " + figure(series) + " series, MB", figure((after - before) / 1e6), "1,000"));
        rows.add(List.of("points a second and core, " + figure(series) + " series in turn", figure(inTurn(many)), "–"));
        return new Table(
                "The cost of detection",
                List.of("what", "measured", "wanted"),
                rows,
                List.of(
                        "Intake, spike and novelty channels and spells together, on one thread, by the time that it had a core;"
                                + " the best of " + ROUNDS
                                + " rounds. Each series has seen 300 points, after which it does not grow.",
                        "The heap is what is in use after a collection, with the series and without."));
    }

    private record Watch(Intake intake, SeriesScorer scorer, Spells spells) {
        static Watch begin() {
            return new Watch(
                    new Intake(),
                    new SeriesScorer(Nature.UNKNOWN, Sensitivity.BALANCED),
                    new Spells(Sensitivity.BALANCED));
        }

        int on(long atMillis, double value) {
            return intake.judge(atMillis, value) == Intake.Verdict.TAKEN
                    ? spells.on(scorer.on(atMillis, value), value)
                    : 0;
        }
    }

    private static List<Watch> watches(int many) {
        List<Watch> watches = new ArrayList<>(many);
        for (int each = 0; each < many; each++) {
            watches.add(Watch.begin());
        }
        return watches;
    }

    private static void fill(List<Watch> watches) {
        double[] values = values(300);
        for (Watch watch : watches) {
            for (int at = 0; at < values.length; at++) {
                watch.on(at * SECOND_MS, values[at]);
            }
        }
    }

    private static double rate(int series, int points) {
        double best = 0;
        double[] values = values(points / series);
        for (int round = 0; round < ROUNDS; round++) {
            List<Watch> watches = watches(series);
            long begun = cpuNanos();
            long told = 0;
            for (Watch watch : watches) {
                for (int at = 0; at < values.length; at++) {
                    told += watch.on(at * SECOND_MS, values[at]);
                }
            }
            best = Math.max(best, perSecond((long) series * values.length, begun, told));
        }
        return best;
    }

    /** As samples come: one point of each series, then the next of each; every series has left the processor's cache by then. */
    private static double inTurn(List<Watch> watches) {
        double[] values = values(POINTS_AT_ONCE);
        long begun = cpuNanos();
        long told = 0;
        for (int at = 0; at < values.length; at++) {
            for (Watch watch : watches) {
                told += watch.on((300 + at) * SECOND_MS, values[at]);
            }
        }
        return perSecond((long) watches.size() * values.length, begun, told);
    }

    /** What was told is used, so that no compiler leaves the work out. */
    private static double perSecond(long points, long begun, long told) {
        double seconds = (cpuNanos() - begun) / 1e9;
        return told < 0 ? 0 : points / seconds;
    }

    /** The time that this thread had a core: other work on the machine takes nothing away. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double[] values(int many) {
        Random random = new Random(5);
        return random.doubles(many)
                .map(value -> 100 + 10 * value + (value > 0.999 ? 200 : 0))
                .toArray();
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        for (int each = 0; each < 3; each++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
