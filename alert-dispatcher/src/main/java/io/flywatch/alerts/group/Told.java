package io.flywatch.alerts.group;

import io.flywatch.events.anomaly.Severity;
import java.time.Instant;

/**
 * A receiver was told of an alert, or is about to be.
 *
 * @param thread the thread in which it was told
 * @param severity as it was told
 * @param how whether it will want to hear of the end
 */
public record Told(String receiver, String thread, Severity severity, Instant at, How how) {

    /** How it was told. */
    public enum How {
        /** By a notice. */
        TOLD,
        /** Only counted, in a summary. */
        COUNTED,
        /** It refused to hear. */
        REFUSED
    }

    /** Whether the receiver believes that the alert fires. */
    public boolean believes() {
        return how == How.TOLD;
    }
}
