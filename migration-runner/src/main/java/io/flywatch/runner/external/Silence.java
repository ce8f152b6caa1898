package io.flywatch.runner.external;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a tool may be silent.
 *
 * @param shownAfter from how long on it is shown as silent
 * @param failsAfter from how long on its run ends as failed; null if never
 */
public record Silence(Duration shownAfter, @Nullable Duration failsAfter) {

    /** Shown after a minute, and never ended. */
    public static final Silence DEFAULT = new Silence(Duration.ofMinutes(1), null);

    /** What a silence of some length means. */
    public enum Meaning {
        /** Nothing yet. */
        NONE,
        /** It is to be shown. */
        SHOWN,
        /** The run is to end as failed. */
        FAILS
    }

    /** What it means that nothing was heard for so long. */
    public Meaning of(Duration since) {
        if (failsAfter != null && since.compareTo(failsAfter) >= 0) {
            return Meaning.FAILS;
        }
        return since.compareTo(shownAfter) >= 0 ? Meaning.SHOWN : Meaning.NONE;
    }
}
