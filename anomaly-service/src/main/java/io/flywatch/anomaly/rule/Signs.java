package io.flywatch.anomaly.rule;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What numbers show only together or over time; what causes are told by.
 *
 * @param stuck a table that does not move though changes wait; null if there is none
 * @param gap the longest time lately in which nothing could be heard of anybody; null if there was none
 * @param usualSkew the clocks' usual difference in seconds; null if not known
 * @param oneTableGrows the table that nearly all new changes are of; null if there is none, or hardly anything is new
 * @param ceilings by series, how high it may be before that is news
 * @param nothingArrivesFor for how long nothing has arrived from the source, heartbeats neither; null if something does
 */
public record Signs(
        @Nullable Stuck stuck,
        @Nullable Gap gap,
        @Nullable Double usualSkew,
        @Nullable String oneTableGrows,
        Map<String, Double> ceilings,
        @Nullable Duration nothingArrivesFor) {

    /** Nothing shows. */
    public static final Signs NONE = new Signs(null, null, null, null, Map.of(), null);

    public Signs {
        ceilings = Map.copyOf(ceilings);
    }

    /**
     * A table that does not move.
     *
     * @param lasting for how long no row of it was applied while some waited
     * @param waiting how many wait
     */
    public record Stuck(String table, Duration lasting, long waiting) {}

    /** A time in which neither runner nor processor was heard of. */
    public record Gap(Duration length) {}
}
