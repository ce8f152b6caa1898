package io.flywatch.anomaly.score;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scores one series, point by point and strictly online, with bounded memory (under 8 KB) and constant work for each point. It must be
 * handed points that are finite and in the order of time; {@link Intake} sees to that.
 *
 * <p>Each {@link Channel} compares a measure of the series with its range over the last 5,000 points: with {@code e} the excess over the
 * range and {@code r} the range's width, at least ten standard errors of the measure, its novelty is {@code n²/(n²+200²) * e/(e+r)},
 * where {@code n} points are known. Novelties join as {@code 1 - Π(1 - s)}.
 */
public final class SeriesScorer {

    private static final Channel[] CHANNELS = Channel.values();
    private static final Set<Channel> EVERY_CHANNEL = EnumSet.allOf(Channel.class);
    private static final double TEN_ERRORS = 10;
    private static final double LEARNED = 200;
    private static final double ORDINARY = 0.1;
    private static final double HALF_OF_ORDINARY = 5;
    private static final double FAINT = 0.2;
    private static final double NEWS = Sensitivity.EARLY.threshold();
    private static final double MOST_SURE = 1e9;

    private final Nature nature;
    private final double bandScales;
    private final Set<Channel> channels;
    private final RangeMemory[] memories = new RangeMemory[CHANNELS.length];
    private final double[] measures = new double[CHANNELS.length];
    private final Expectation expectation = new Expectation();
    private Features features = new Features();
    private Afterglow afterglow = new Afterglow();
    private Extremes extremes = new Extremes();

    private @Nullable Channel strongest;
    private boolean upwards;
    private double strength;
    private double rarity;

    /** A scorer that knows nothing yet. */
    public SeriesScorer(Nature nature, Sensitivity sensitivity) {
        this(nature, sensitivity, EVERY_CHANNEL);
    }

    /** A scorer that listens to some of the channels only, to find out what each is worth. */
    public SeriesScorer(Nature nature, Sensitivity sensitivity, Set<Channel> channels) {
        this.nature = nature;
        this.bandScales = sensitivity.bandScales();
        this.channels = channels;
        forget();
    }

    private void forget() {
        for (int channel = 0; channel < memories.length; channel++) {
            memories[channel] = new RangeMemory();
        }
    }

    /** Another regime began, and it is no incident: expectations begin anew, except for what is known of the day's course. */
    public void regimeBegan() {
        forget();
        features = new Features();
        afterglow = new Afterglow();
        extremes = new Extremes();
        expectation.regimeBegan();
    }

    /** Scores a point, and learns from it. What no float can hold counts as the largest one. */
    public Reading on(long atMillis, double point) {
        double value =
                Numbers.toFloat(Math.abs(point)) < Numbers.LARGEST ? point : Math.copySign(Numbers.LARGEST, point);
        double least = nature.least(value);
        expectation.lookAhead(atMillis, least);
        double off = expectation.off(value);
        double expected = expectation.isSettled() ? expectation.expected() : value;
        double width = bandScales * Math.max(expectation.scale(), least);
        features.on(atMillis, value, measures);
        double novelty = novelty(least);
        double news = afterglow.news(novelty);
        double spike =
                expectation.isSettled() && nature.direction().minds(off > 0) ? extremes.beyond(Math.abs(off)) : 0;
        double score = score(off, novelty, news, spike);
        double byChebyshev = expectation.isSettled() ? off * off : 1;
        expectation.learn(atMillis, value);
        return new Reading(
                score,
                expected,
                expected - width,
                expected + width,
                Math.min(MOST_SURE, Math.max(Math.max(1, rarity), byChebyshev)),
                strongest == null ? 0 : memories[strongest.ordinal()].size() - 1,
                strongest,
                strongest == null ? off > 0 : upwards,
                spike);
    }

    private double novelty(double least) {
        double ordinary = 1;
        strongest = null;
        strength = 0;
        rarity = 1;
        for (Channel channel : CHANNELS) {
            if (!channels.contains(channel)) {
                continue;
            }
            double measure = measures[channel.ordinal()];
            RangeMemory memory = memories[channel.ordinal()];
            ordinary *= features.isWhole(channel) ? 1 - novelty(channel, memory, measure, least) : 1;
            memory.add(measure);
        }
        return 1 - ordinary;
    }

    private double novelty(Channel channel, RangeMemory memory, double measure, double least) {
        double above = nature.direction().minds(true) ? memory.above(measure) : 0;
        double below = nature.direction().minds(false) ? memory.below(measure) : 0;
        double excess = Math.max(above, below);
        if (excess <= 0 || excess <= least) {
            return 0;
        }
        double known = memory.size();
        double noise = TEN_ERRORS * expectation.scale() / Math.sqrt(channel.averaged());
        double width = Math.max(Math.max(memory.span(), noise), least);
        double novelty = known * known / (known * known + LEARNED * LEARNED) * excess / (excess + width);
        if (novelty > strength) {
            strength = novelty;
            strongest = channel;
            upwards = above > below;
            double beyond = (excess + width) / width;
            rarity = (known + 1) * beyond * beyond;
        }
        return novelty;
    }

    /**
     * Three ranges: up to 0.1 for what is ordinary, up to 0.42 for spikes such as were seen before, and news from there on. The cube root
     * spreads small novelties, among which the threshold of most series lies, over the scale; faint ones, as noise makes them all the time,
     * stay under 0.2, so that a plain spike outranks them.
     */
    private double score(double off, double novelty, double news, double spike) {
        double bySpike = spike > 0 ? ORDINARY + (NEWS - ORDINARY) * spike / (spike + 1) : 0;
        if (news > 0) {
            double byNews = ORDINARY + (1 - ORDINARY) * Math.cbrt(news);
            double faint = ORDINARY + (byNews - ORDINARY) * (FAINT - ORDINARY) / (NEWS - ORDINARY);
            return Math.max(bySpike, byNews >= NEWS ? byNews : faint);
        }
        if (spike > 0) {
            return bySpike;
        }
        double ordinary = expectation.isSettled() ? Math.abs(off) / (Math.abs(off) + HALF_OF_ORDINARY) : 0;
        return ORDINARY * Math.max(ordinary, novelty);
    }
}
