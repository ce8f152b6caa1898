package io.flywatch.anomaly.score;

/**
 * Makes news of what is unlike the past: what was just told fades slowly and must be surpassed to be news again, and a series that gave
 * much news gets used to it.
 */
final class Afterglow {

    private static final double FADES = 0.99;
    private static final double FORGETS = 0.9995;
    private static final double HABIT = 0.5;

    private double glow;
    private double habit;

    /** How much of a novelty is news: itself, less habit, or 0 if it is not more than what glows still. */
    double news(double novelty) {
        double tempered = novelty / (1 + HABIT * habit);
        habit *= FORGETS;
        glow *= FADES;
        if (tempered <= glow) {
            return 0;
        }
        habit += tempered - glow;
        glow = tempered;
        return tempered;
    }
}
