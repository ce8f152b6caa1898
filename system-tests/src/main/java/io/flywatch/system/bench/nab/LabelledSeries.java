package io.flywatch.system.bench.nab;

import java.util.Arrays;
import java.util.List;

/**
 * One file of the benchmark with its windows, and what a detection at each row is worth. Formulas: Lavin and Ahmad, "Evaluating
 * Real-time Anomaly Detection Algorithms – the Numenta Anomaly Benchmark", 2015, and the benchmark's own {@code sweeper.py}.
 */
final class LabelledSeries {

    private static final double PROBATION = 0.15;
    private static final int LONGEST_PROBATION = 750;
    private static final double FAR = 3;

    private final String name;
    private final long[] times;
    private final double[] values;
    private final List<int[]> windows;
    private final int[] windowOf;
    private final double[] worth;

    /**
     * A series.
     *
     * @param times seconds since 1970
     * @param windows first and last row of each window, in their order
     */
    LabelledSeries(String name, long[] times, double[] values, List<int[]> windows) {
        this.name = name;
        this.times = times;
        this.values = values;
        this.windows = List.copyOf(windows);
        this.windowOf = new int[values.length];
        this.worth = new double[values.length];
        Arrays.fill(windowOf, -1);
        weigh();
    }

    private void weigh() {
        double atLeftEnd = sigmoid(-1);
        int next = 0;
        for (int row = 0; row < values.length; row++) {
            if (next < windows.size() && row > windows.get(next)[1]) {
                next++;
            }
            if (next < windows.size() && row >= windows.get(next)[0]) {
                int[] window = windows.get(next);
                double width = window[1] - window[0] + 1;
                windowOf[row] = next;
                worth[row] = sigmoid(-(window[1] - row + 1) / width) / atLeftEnd;
            } else {
                worth[row] = next == 0 ? -1 : afterWindow(row, windows.get(next - 1));
            }
        }
    }

    private static double afterWindow(int row, int[] before) {
        return sigmoid((double) (row - before[1]) / (before[1] - before[0]));
    }

    private static double sigmoid(double position) {
        return position > FAR ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
    }

    String name() {
        return name;
    }

    int length() {
        return values.length;
    }

    long time(int row) {
        return times[row];
    }

    double value(int row) {
        return values[row];
    }

    int windows() {
        return windows.size();
    }

    /** The first row that counts. */
    int firstRow() {
        return (int) Math.min(Math.floor(PROBATION * values.length), LONGEST_PROBATION);
    }

    /** The window that a row is in; -1 if it is in none. */
    int windowOf(int row) {
        return windowOf[row];
    }

    /** In a window, what a first detection there is worth, 1 at most; elsewhere what it costs, -1 at least. Without weights. */
    double worth(int row) {
        return worth[row];
    }
}
