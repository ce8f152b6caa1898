package io.flywatch.anomaly.detect;

import java.time.Instant;

/**
 * A time in which nothing is told of a migration and nothing is learned of it.
 *
 * @param migration whose; {@code *} stands for all
 * @param reason why, for a person
 */
public record Maintenance(String migration, Instant from, Instant to, String reason) {

    boolean covers(String migrationId, Instant at) {
        return (migration.equals("*") || migration.equals(migrationId)) && !at.isBefore(from) && at.isBefore(to);
    }
}
