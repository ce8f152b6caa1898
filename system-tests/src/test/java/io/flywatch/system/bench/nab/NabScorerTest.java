package io.flywatch.system.bench.nab;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.anomaly.score.Nature;
import io.flywatch.anomaly.score.Sensitivity;
import io.flywatch.anomaly.score.SeriesScorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class NabScorerTest {

    private Corpus corpus = new Corpus(Path.of("."), List.of());

    @BeforeAll
    void read() throws IOException {
        corpus = Corpus.read(Path.of("data/nab"));
    }

    @Test
    void scoresPublishedDetectorsAsTheBenchmarkDoes() throws IOException {
        assertThat(figures(corpus.stored("numenta"))).isEqualTo("70.1 / 63.2 / 74.3");
        assertThat(figures(corpus.stored("windowedGaussian"))).isEqualTo("39.6 / 20.9 / 47.4");
    }

    @Test
    void keepsTheDetectorAboveItsMarks() {
        List<double[]> scores =
                corpus.series().stream().map(NabScorerTest::scores).toList();

        assertThat(best(Profile.STANDARD, scores)).isGreaterThanOrEqualTo(73);
        assertThat(best(Profile.LOW_FP, scores)).isGreaterThanOrEqualTo(66);
        assertThat(best(Profile.LOW_FN, scores)).isGreaterThanOrEqualTo(78);
    }

    private String figures(List<double[]> scores) {
        return String.format(
                Locale.ROOT,
                "%.1f / %.1f / %.1f",
                best(Profile.STANDARD, scores),
                best(Profile.LOW_FP, scores),
                best(Profile.LOW_FN, scores));
    }

    private double best(Profile profile, List<double[]> scores) {
        return new NabScorer(profile).best(corpus.series(), scores).score();
    }

    private static double[] scores(LabelledSeries series) {
        SeriesScorer scorer = new SeriesScorer(Nature.UNKNOWN, Sensitivity.BALANCED);
        double[] scores = new double[series.length()];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = scorer.on(series.time(row) * 1000, series.value(row)).score();
        }
        return scores;
    }
}
