package io.flywatch.system.bench.nab;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Scores a detector: of each window the earliest detection counts, each detection elsewhere costs, one threshold holds for all. */
final class NabScorer {

    private final Profile profile;

    NabScorer(Profile profile) {
        this.profile = profile;
    }

    /**
     * A detector's result.
     *
     * @param score 0 is that of one that never tells anything, 100 that of a perfect one
     * @param threshold from which score on a row is a detection
     */
    record Result(double score, double threshold) {}

    /** What one threshold gives on some series, before it is put on the scale from 0 to 100. */
    record Sum(double reached, double nothing, double perfect) {
        Sum plus(Sum other) {
            return new Sum(reached + other.reached, nothing + other.nothing, perfect + other.perfect);
        }

        double normal() {
            return 100 * (reached - nothing) / (perfect - nothing);
        }
    }

    /** The best threshold for a set of series, and its score; {@code scores} has one array for each series. */
    Result best(List<LabelledSeries> all, List<double[]> scores) {
        Rows rows = Rows.of(all, scores);
        int windows = all.stream().mapToInt(LabelledSeries::windows).sum();
        double nothing = -profile.missed() * windows;
        double[][] found = all.stream().map(series -> filled(series.windows())).toArray(double[][]::new);
        double reached = nothing;
        double best = nothing;
        double threshold = Double.POSITIVE_INFINITY;
        for (int next = 0; next < rows.size(); ) {
            double level = rows.score(next);
            while (next < rows.size() && rows.score(next) == level) {
                reached += gain(all.get(rows.series(next)), rows.row(next), found[rows.series(next)]);
                next++;
            }
            if (reached > best) {
                best = reached;
                threshold = level;
            }
        }
        return new Result(new Sum(best, nothing, profile.found() * windows).normal(), threshold);
    }

    /** What a threshold gives on one series. */
    Sum at(LabelledSeries series, double[] scores, double threshold) {
        double[] found = filled(series.windows());
        double reached = -profile.missed() * series.windows();
        for (int row = series.firstRow(); row < series.length(); row++) {
            if (scores[row] >= threshold) {
                reached += gain(series, row, found);
            }
        }
        return new Sum(reached, -profile.missed() * series.windows(), profile.found() * series.windows());
    }

    private double[] filled(int windows) {
        double[] found = new double[windows];
        Arrays.fill(found, -profile.missed());
        return found;
    }

    private double gain(LabelledSeries series, int row, double[] found) {
        int window = series.windowOf(row);
        if (window < 0) {
            return series.worth(row) * profile.falseAlarm();
        }
        double gain = Math.max(0, series.worth(row) * profile.found() - found[window]);
        found[window] += gain;
        return gain;
    }

    /** The rows that count, the highest scores first. */
    private record Rows(int[] order, int[] of, int[] at, double[] scores) {

        static Rows of(List<LabelledSeries> all, List<double[]> scores) {
            int many = IntStream.range(0, all.size())
                    .map(each -> all.get(each).length() - all.get(each).firstRow())
                    .sum();
            int[] of = new int[many];
            int[] at = new int[many];
            double[] score = new double[many];
            int next = 0;
            for (int each = 0; each < all.size(); each++) {
                for (int row = all.get(each).firstRow(); row < all.get(each).length(); row++) {
                    of[next] = each;
                    at[next] = row;
                    score[next++] = scores.get(each)[row];
                }
            }
            return new Rows(descending(score), of, at, score);
        }

        /** Sorts by counting: a row's place is the number of greater scores, and of equal ones before it. */
        private static int[] descending(double[] score) {
            double[] sorted = score.clone();
            Arrays.sort(sorted);
            int[] taken = new int[score.length];
            int[] order = new int[score.length];
            for (int each = 0; each < score.length; each++) {
                int lowest = firstOf(sorted, score[each]);
                order[score.length - 1 - lowest - taken[lowest]++] = each;
            }
            return order;
        }

        private static int firstOf(double[] sorted, double score) {
            int low = 0;
            int high = sorted.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sorted[middle] < score) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        int size() {
            return order.length;
        }

        double score(int rank) {
            return scores[order[rank]];
        }

        int series(int rank) {
            return of[order[rank]];
        }

        int row(int rank) {
            return at[order[rank]];
        }
    }
}
