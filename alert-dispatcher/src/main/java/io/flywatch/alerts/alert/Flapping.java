package io.flywatch.alerts.alert;

import java.time.Duration;
import java.time.Instant;

/**
 * When an alert counts as flapping: it began so often within so long. It counts as steady again when it has not changed for a while.
 *
 * @param starts how often
 * @param within how long
 * @param steadyAfter the while
 */
public record Flapping(int starts, Duration within, Duration steadyAfter) {

    /** Whether it flaps now. */
    public boolean is(Alert alert, Instant now) {
        if (!now.isBefore(steadyAt(alert))) {
            return false;
        }
        Instant from = alert.changedAt().minus(within);
        return alert.starts().stream().filter(start -> start.isAfter(from)).count() >= starts;
    }

    /** When it counts as steady if nothing changes until then. */
    public Instant steadyAt(Alert alert) {
        return alert.changedAt().plus(steadyAfter);
    }
}
