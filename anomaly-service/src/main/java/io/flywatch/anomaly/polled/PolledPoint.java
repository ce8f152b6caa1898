package io.flywatch.anomaly.polled;

import io.flywatch.anomaly.series.Meaning;
import java.time.Instant;

/**
 * A number that was asked for.
 *
 * @param migrationId whose surroundings it tells of
 * @param part after {@code polled/}: the query's name, and the result's labels if there were several results
 * @param at the number's time
 */
public record PolledPoint(String migrationId, String part, Instant at, double value, Meaning meaning) {}
