package io.flywatch.cdc.apply;

import java.util.Locale;

/**
 * A record that can't be applied.
 *
 * @param keyText what tells its key from others
 * @param reason why, for a person; names no value of the row
 */
public record DeadLetter(Inbound record, Kind kind, String keyText, String reason) {

    /** Why a record ends here; a closed set, fit for a metric's label. */
    public enum Kind {
        /** It is not a change event that can be understood. */
        UNREADABLE,
        /** The target refuses it for its own sake. */
        REFUSED,
        /** An earlier change of its key is here, and must be settled first. */
        PARKED;

        /** As a label. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
