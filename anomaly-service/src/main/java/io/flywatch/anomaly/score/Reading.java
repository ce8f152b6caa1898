package io.flywatch.anomaly.score;

import org.jspecify.annotations.Nullable;

/**
 * What is said of one point.
 *
 * @param score how bad it is, 0 to 1: up to 0.1 it is ordinary or has been told already, beyond it is news
 * @param expected what was expected, in the series' unit
 * @param lower the band's lower end
 * @param upper the band's upper end
 * @param oneIn among how many points of this series one such is to be expected; at least 1
 * @param highestInPoints of how many points it is the most extreme; 0 if it is within their range
 * @param channel what was most unlike the past; null if nothing was
 * @param upwards whether it left its range upwards
 */
public record Reading(
        double score,
        double expected,
        double lower,
        double upper,
        double oneIn,
        int highestInPoints,
        @Nullable Channel channel,
        boolean upwards) {

    /** Whether the value is outside of the band. */
    public boolean isOutside(double value) {
        return value < lower || value > upper;
    }
}
