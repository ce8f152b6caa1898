package io.flywatch.system.bench.nab;

import io.flywatch.anomaly.score.Channel;
import io.flywatch.anomaly.score.Nature;
import io.flywatch.anomaly.score.Sensitivity;
import io.flywatch.anomaly.score.SeriesScorer;
import io.flywatch.system.bench.Bench;
import io.flywatch.system.bench.Table;
import io.flywatch.system.bench.nab.NabScorer.Result;
import io.flywatch.system.bench.nab.NabScorer.Sum;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** {@code ./bench nab}: the detector on the Numenta Anomaly Benchmark, beside two published ones and its own cross-validated figure. */
public final class NabBench implements Bench {

    private static final List<Profile> PROFILES = List.of(Profile.STANDARD, Profile.LOW_FP, Profile.LOW_FN);
    private static final int FOLDS = 7;

    @Override
    public String name() {
        return "nab";
    }

    @Override
    public String about() {
        return "the detector on the Numenta Anomaly Benchmark; --data FOLDER reads another copy";
    }

    @Override
    public Table run(Arguments arguments) throws Exception {
        Path folder = Path.of(arguments.text(
                "data", Layout.home().resolve("system-tests/data/nab").toString()));
        Corpus corpus = Corpus.read(folder);
        List<LabelledSeries> all = corpus.series();
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("Numenta HTM, stored scores", profile -> best(profile, all, corpus.stored("numenta"))));
        rows.add(row(
                "windowed Gaussian, stored scores", profile -> best(profile, all, corpus.stored("windowedGaussian"))));
        List<double[]> ours = new ArrayList<>();
        for (LabelledSeries each : all) {
            ours.add(PackagedDetector.scores(each));
        }
        rows.add(row("Flywatch", profile -> best(profile, all, ours)));
        rows.add(row(
                "Flywatch, threshold chosen on other files", profile -> crossValidated(profile, all, List.of(ours))));
        List<List<double[]>> subsets =
                subsets().stream().map(channels -> scores(all, channels)).toList();
        rows.add(row(
                "Flywatch, channels and threshold chosen on other files",
                profile -> crossValidated(profile, all, subsets)));
        Result standard = new NabScorer(Profile.STANDARD).best(all, ours);
        return new Table(
                "Numenta Anomaly Benchmark",
                List.of("detector", "standard", "low FP", "low FN"),
                rows,
                List.of(
                        all.size() + " series with "
                                + all.stream().mapToInt(LabelledSeries::windows).sum()
                                + " windows; 0 is a detector that never tells anything, 100 a perfect one. The stored scores must give"
                                + " 70.1 / 63.2 / 74.3 and 39.6 / 20.9 / 47.4.",
                        "Flywatch is the packaged command `score` with its defaults, one configuration for all files, row by row. The"
                                + " threshold that the benchmark chooses is "
                                + figure("%.3f", standard.threshold()) + " in the standard profile.",
                        "Cross-validated in " + FOLDS
                                + " parts: what is chosen for a part is chosen on the others only. Choosing"
                                + " channels means the best of all " + subsets.size() + " sets of them."));
    }

    private interface Figure {
        double of(Profile profile) throws Exception;
    }

    private static List<String> row(String detector, Figure figure) throws Exception {
        List<String> cells = new ArrayList<>(List.of(detector));
        for (Profile profile : PROFILES) {
            cells.add(figure("%.1f", figure.of(profile)));
        }
        return cells;
    }

    private static String figure(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static double best(Profile profile, List<LabelledSeries> all, List<double[]> scores) {
        return new NabScorer(profile).best(all, scores).score();
    }

    /** Each part is scored by that one of the candidates, at that threshold, which is best on the other parts. */
    private static double crossValidated(Profile profile, List<LabelledSeries> all, List<List<double[]>> candidates) {
        NabScorer scorer = new NabScorer(profile);
        Sum sum = new Sum(0, 0, 0);
        for (int fold = 0; fold < FOLDS; fold++) {
            int part = fold;
            int[] others = IntStream.range(0, all.size())
                    .filter(each -> each % FOLDS != part)
                    .toArray();
            List<double[]> chosen = candidates.getFirst();
            Result best = new Result(Double.NEGATIVE_INFINITY, 1);
            for (List<double[]> candidate : candidates) {
                Result result = scorer.best(pick(others, all::get), pick(others, candidate::get));
                if (result.score() > best.score()) {
                    best = result;
                    chosen = candidate;
                }
            }
            for (int each = part; each < all.size(); each += FOLDS) {
                sum = sum.plus(scorer.at(all.get(each), chosen.get(each), best.threshold()));
            }
        }
        return sum.normal();
    }

    private static <T> List<T> pick(int[] which, Function<Integer, T> from) {
        return IntStream.of(which).mapToObj(from::apply).toList();
    }

    private static List<Set<Channel>> subsets() {
        Channel[] channels = Channel.values();
        List<Set<Channel>> subsets = new ArrayList<>();
        for (int bits = 1; bits < 1 << channels.length; bits++) {
            Set<Channel> subset = EnumSet.noneOf(Channel.class);
            for (Channel channel : channels) {
                if ((bits & 1 << channel.ordinal()) != 0) {
                    subset.add(channel);
                }
            }
            subsets.add(subset);
        }
        return subsets;
    }

    private static List<double[]> scores(List<LabelledSeries> all, Set<Channel> channels) {
        return all.stream().map(series -> scores(series, channels)).toList();
    }

    private static double[] scores(LabelledSeries series, Set<Channel> channels) {
        SeriesScorer scorer = new SeriesScorer(Nature.UNKNOWN, Sensitivity.BALANCED, channels);
        double[] scores = new double[series.length()];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = (float)
                    scorer.on(series.time(row) * 1000, series.value(row)).score();
        }
        return scores;
    }
}
