package io.flywatch.anomaly.score;

import org.jspecify.annotations.Nullable;

/**
 * What is said of one point.
 *
 * @param score how bad it is, 0 to 1: up to 0.1 it is ordinary or has been told already, up to 0.42 a spike such as were seen before or faint news,
 *     beyond it is news
 * @param expected what was expected, in the series' unit
 * @param lower the band's lower end
 * @param upper the band's upper end
 * @param oneIn among how many points of this series one such is to be expected; at least 1
 * @param highestInPoints of how many points it is the most extreme; 0 if it is within their range
 * @param channel what was most unlike the past; null if nothing was
 * @param upwards whether it left its range upwards
 * @param spike how far it is beyond what is extreme for this series, as a multiple of that; 0 if it is not
 */
public record Reading(
        double score,
        double expected,
        double lower,
        double upper,
        double oneIn,
        int highestInPoints,
        @Nullable Channel channel,
        boolean upwards,
        double spike) {

    /** Whether the value is outside of the band. */
    public boolean isOutside(double value) {
        return value < lower || value > upper;
    }
}
