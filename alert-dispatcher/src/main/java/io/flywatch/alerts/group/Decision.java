package io.flywatch.alerts.group;

import java.util.List;

/**
 * What is done about an alert, and why.
 *
 * @param explanation why, in a sentence for a person
 * @param receivers who is told; empty if nobody is
 */
public record Decision(String fingerprint, Reason reason, String explanation, List<String> receivers) {
    public Decision {
        receivers = List.copyOf(receivers);
    }

    /** Nobody is told. */
    public static Decision hold(String fingerprint, Reason reason, String explanation) {
        return new Decision(fingerprint, reason, explanation, List.of());
    }
}
