package io.flywatch.cdc;

import org.jspecify.annotations.Nullable;

/**
 * Why a lane stands still.
 *
 * @param reason of the last attempt
 * @param sinceNanos when the first attempt failed, by {@link System#nanoTime}
 * @param attempts how many have failed
 */
record LaneTrouble(String reason, long sinceNanos, int attempts) {

    /** One more attempt failed. */
    static LaneTrouble after(@Nullable LaneTrouble before, String reason) {
        return before == null
                ? new LaneTrouble(reason, System.nanoTime(), 1)
                : new LaneTrouble(reason, before.sinceNanos, before.attempts + 1);
    }
}
