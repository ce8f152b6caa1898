package io.flywatch.events.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert ended.
 *
 * @param alertName the rule's name
 * @param reason why it ended
 */
public record AlertResolved(
        String migrationId, @Nullable String runId, Instant at, String fingerprint, String alertName, String reason)
        implements AlertEvent {}
