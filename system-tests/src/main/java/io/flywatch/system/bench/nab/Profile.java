package io.flywatch.system.bench.nab;

/**
 * What finding, missing and false alarms weigh, as the benchmark's {@code profiles.json} has them.
 *
 * @param title for a table
 * @param found the weight of a window found at its left end
 * @param missed the cost of a window not found
 * @param falseAlarm the cost of a detection far from any window
 */
record Profile(String title, double found, double missed, double falseAlarm) {
    static final Profile STANDARD = new Profile("standard", 1, 1, 0.11);
    static final Profile LOW_FP = new Profile("low FP", 1, 1, 0.22);
    static final Profile LOW_FN = new Profile("low FN", 1, 2, 0.11);
}
