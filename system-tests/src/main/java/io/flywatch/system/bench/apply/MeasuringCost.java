package io.flywatch.system.bench.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What it costs to measure the way of each change: rounds with it and without it in turn. */
final class MeasuringCost {
    private final Race race;
    private final PostgresContestants contestants;
    private final List<String> jvm;

    MeasuringCost(Race race, PostgresContestants contestants, List<String> jvm) {
        this.race = race;
        this.contestants = contestants;
        this.jvm = jvm;
    }

    /** The medians, in words; each round turns round who begins. */
    String note(long rounds) throws Exception {
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (boolean each : round % 2 == 0 ? new boolean[] {true, false} : new boolean[] {false, true}) {
                (each ? with : without).add(rate(each, round));
            }
        }
        return String.format(
                Locale.ROOT,
                "What measuring costs: %,.0f records/s with the stages of each change measured, %,.0f without (medians of %d rounds"
                        + " each, in turn), %.1f %%. With: %s. Without: %s.",
                median(with),
                median(without),
                rounds,
                100 * (1 - median(with) / median(without)),
                all(with),
                all(without));
    }

    private double rate(boolean each, int round) throws Exception {
        String name = (each ? "measuring" : "not measuring") + ", round " + (round + 1);
        return race.run(contestants.flywatch(
                        name,
                        "measuring_" + each + "_" + round,
                        jvm,
                        Map.of("FLYWATCH_CDC_MEASURE_EACH_CHANGE", Boolean.toString(each))))
                .rate();
    }

    private static double median(List<Double> rates) {
        double[] sorted =
                rates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String all(List<Double> rates) {
        return rates.stream()
                .map(rate -> String.format(Locale.ROOT, "%,.0f", rate))
                .collect(Collectors.joining(", "));
    }
}
