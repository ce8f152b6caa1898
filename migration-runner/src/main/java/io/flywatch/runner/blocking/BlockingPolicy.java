package io.flywatch.runner.blocking;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long others may wait for a run.
 *
 * @param warnAfter from how long on it is told
 * @param cancelAfter from how long on the statement at work is cancelled; null if never
 */
public record BlockingPolicy(Duration warnAfter, @Nullable Duration cancelAfter) {

    /** Tells after five seconds and never cancels. */
    public static final BlockingPolicy DEFAULT = new BlockingPolicy(Duration.ofSeconds(5), null);

    /** Rules on what is seen now. */
    public Verdict on(Blockade blockade) {
        if (blockade.sessions().isEmpty()) {
            return new Verdict.Calm();
        }
        Duration longest = blockade.longest();
        if (cancelAfter != null && longest.compareTo(cancelAfter) >= 0) {
            return new Verdict.Cancel(blockade.told());
        }
        return longest.compareTo(warnAfter) >= 0 ? new Verdict.Warn(blockade.told()) : new Verdict.Calm();
    }
}
