package io.flywatch.alerts.group;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why an alert is not told now.
 *
 * @param until when to look again; null for when something changes
 */
public record Suppression(
        Reason reason, String explanation, @Nullable Instant until) {}
