package io.flywatch.anomaly.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SeriesScorerTest {

    private static final long SECOND = 1000;
    private static final double ALARM = Sensitivity.BALANCED.threshold();

    private final Random random = new Random(42);

    @Test
    void findsASpikeAtOnceAndSaysHowUnusualItIs() {
        List<Reading> readings = score(1000, at -> 100 + random.nextGaussian() + (at == 900 ? 40 : 0));

        Reading spike = readings.get(900);
        assertThat(spike.score()).isGreaterThan(ALARM);
        assertThat(spike.upwards()).isTrue();
        assertThat(spike.channel()).isEqualTo(Channel.RESIDUAL);
        assertThat(spike.highestInPoints()).isEqualTo(900);
        assertThat(spike.oneIn()).isGreaterThan(900);
        assertThat(spike.expected()).isBetween(97.0, 103.0);
        assertThat(140).isGreaterThan((int) spike.upper());
        assertThat(readings.subList(300, 900))
                .allSatisfy(calm -> assertThat(calm.score()).isLessThan(ALARM));
    }

    @Test
    void findsASpikeAgainThatWasSeenBefore() {
        Spells spells = new Spells(Sensitivity.BALANCED);
        List<Reading> readings = score(2000, at -> 100 + random.nextGaussian() + (at % 400 == 399 ? 40 : 0));
        List<Integer> odd = new ArrayList<>();
        for (int at = 0; at < 2000; at++) {
            if (spells.on(readings.get(at), at % 400 == 399 ? 140 : 100) > 0 && at % 400 == 399) {
                odd.add(at);
            }
        }

        assertThat(odd).containsExactly(399, 799, 1199, 1599, 1999);
        assertThat(readings.get(1599).score())
                .as("no news, and above all that is ordinary or faint")
                .isBetween(0.2, Sensitivity.EARLY.threshold());
    }

    @Test
    void aSpikeEachTenPointsIsHowTheSeriesIs() {
        List<Reading> readings = score(4000, at -> 100 + random.nextGaussian() + (at % 10 == 9 ? 40 : 0));

        assertThat(readings.subList(1000, 4000))
                .allSatisfy(usual -> assertThat(usual.spike()).isLessThan(Sensitivity.EARLY.spike()));
    }

    @Test
    void expectsOfAnHourWhatItsOnePointWas() {
        double[] course = random.doubles(24, 0, 1000).toArray();
        SeriesScorer scorer = new SeriesScorer(Nature.UNKNOWN, Sensitivity.BALANCED);
        for (int hour = 0; hour < 24 * 20; hour++) {
            Reading reading = scorer.on(hour * 3600 * SECOND, course[hour % 24]);
            if (hour >= 24 * 10) {
                assertThat(reading.expected()).isCloseTo(course[hour % 24], org.assertj.core.data.Offset.offset(1.0));
            }
        }
    }

    @Test
    void findsANewLevelThatNoSinglePointBetrays() {
        List<Reading> readings = score(2000, at -> 100 + 10 * random.nextGaussian() + (at >= 1500 ? 15 : 0));

        assertThat(readings.subList(1500, 1600)).anySatisfy(news -> {
            assertThat(news.score()).isGreaterThan(Sensitivity.EARLY.threshold());
            assertThat(news.channel()).isIn(Channel.MEDIAN, Channel.LONG_MEDIAN, Channel.MEAN, Channel.DAY);
        });
    }

    @Test
    void tellsALastingChangeOnceAndGetsUsedToIt() {
        List<Reading> readings = score(4000, at -> (at < 2000 ? 100 : 200) + random.nextGaussian());

        assertThat(readings.get(2000).score()).isGreaterThan(ALARM);
        assertThat(readings.subList(2200, 4000))
                .allSatisfy(later -> assertThat(later.score()).isLessThan(ALARM));
        assertThat(readings.getLast().expected()).isBetween(195.0, 205.0);
    }

    @Test
    void expectsTheHourOfTheDayAsItWas() {
        IntToDoubleFunction day = at -> 1000 + 500 * Math.sin(2 * Math.PI * at / 288.0) + random.nextGaussian();
        SeriesScorer scorer = new SeriesScorer(Nature.UNKNOWN, Sensitivity.BALANCED);
        List<Reading> readings = new ArrayList<>();
        for (int at = 0; at < 288 * 6; at++) {
            // On the last day, the peak stays out.
            double value = at > 288 * 5 ? Math.min(1200, day.applyAsDouble(at)) : day.applyAsDouble(at);
            readings.add(scorer.on(at * 300 * SECOND, value));
        }

        assertThat(readings.subList(288 * 3, 288 * 5))
                .allSatisfy(usual -> assertThat(usual.score()).isLessThan(ALARM));
        assertThat(readings.subList(288 * 5 + 15, 288 * 5 + 100))
                .anySatisfy(odd -> assertThat(odd.score()).isGreaterThan(Sensitivity.EARLY.threshold()));
    }

    @Test
    void mindsOnlyTheDirectionThatIsBad() {
        SeriesScorer scorer = new SeriesScorer(new Nature(Direction.UP, 0, 0), Sensitivity.BALANCED);
        double worst = 0;
        for (int at = 0; at < 1000; at++) {
            double value = 100 + random.nextGaussian() - (at >= 800 ? 60 : 0);
            worst = at < 300 ? 0 : Math.max(worst, scorer.on(at * SECOND, value).score());
            if (at < 300) {
                scorer.on(at * SECOND, value);
            }
        }
        assertThat(worst).isLessThan(Sensitivity.EARLY.threshold());
    }

    @Test
    void leavesChangesAloneThatAreTooSmallToMatter() {
        Nature lag = new Nature(Direction.UP, 1, 0);
        SeriesScorer scorer = new SeriesScorer(lag, Sensitivity.EARLY);

        for (int at = 0; at < 2000; at++) {
            double value = 0.01 + (at % 500 == 499 ? 0.8 : 0);
            assertThat(scorer.on(at * SECOND, value).score()).isLessThanOrEqualTo(0.1);
        }
    }

    @Test
    void staysCalmOnAFlatLine() {
        assertThat(score(3000, at -> 5)).allSatisfy(flat -> {
            assertThat(flat.score()).isZero();
            assertThat(flat.isOutside(5)).isFalse();
        });
    }

    @Test
    void expectsNothingOfAnotherRegime() {
        SeriesScorer scorer = new SeriesScorer(Nature.UNKNOWN, Sensitivity.BALANCED);
        for (int at = 0; at < 1000; at++) {
            scorer.on(at * SECOND, 100 + random.nextGaussian());
        }

        scorer.regimeBegan();

        for (int at = 1000; at < 1400; at++) {
            assertThat(scorer.on(at * SECOND, 5000 + 50 * random.nextGaussian()).score())
                    .isLessThan(ALARM);
        }
    }

    @Property(tries = 100)
    void givesFiniteScoresFromZeroToOneWhateverComes(@ForAll @Size(min = 2, max = 300) List<Double> values) {
        SeriesScorer scorer = new SeriesScorer(Nature.UNKNOWN, Sensitivity.EARLY);
        Intake intake = new Intake();
        for (int at = 0; at < values.size(); at++) {
            if (intake.judge(at * SECOND, values.get(at)) == Intake.Verdict.TAKEN) {
                Reading reading = scorer.on(at * SECOND, values.get(at));
                assertThat(reading.score()).isBetween(0.0, 1.0);
                assertThat(reading.oneIn()).isGreaterThanOrEqualTo(1);
            }
        }
    }

    @Property(tries = 30)
    void scoresAlikeWhateverTheUnit(@ForAll long seed, @ForAll @DoubleRange(min = -12, max = 12) double power) {
        double unit = Math.pow(2, Math.round(power));
        SeriesScorer one = new SeriesScorer(Nature.UNKNOWN, Sensitivity.BALANCED);
        SeriesScorer other = new SeriesScorer(Nature.UNKNOWN, Sensitivity.BALANCED);
        Random values = new Random(seed);

        for (int at = 0; at < 500; at++) {
            double value = 10 + values.nextGaussian() + (values.nextInt(100) == 0 ? 20 : 0);
            double score = one.on(at * SECOND, value).score();
            assertThat(other.on(at * SECOND, value * unit).score())
                    .isEqualTo(score, org.assertj.core.data.Offset.offset(1e-6));
        }
    }

    private static List<Reading> score(int points, IntToDoubleFunction values) {
        SeriesScorer scorer = new SeriesScorer(Nature.UNKNOWN, Sensitivity.BALANCED);
        List<Reading> readings = new ArrayList<>();
        for (int at = 0; at < points; at++) {
            readings.add(scorer.on(at * SECOND, values.applyAsDouble(at)));
        }
        return readings;
    }
}
