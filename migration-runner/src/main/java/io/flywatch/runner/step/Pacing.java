package io.flywatch.runner.step;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast a batched step may go; not part of what it does.
 *
 * @param batchSize documents in a batch at most
 * @param workers how many walk at the same time, each over a range of its own
 * @param targetLatency how long a batch should take: size and pauses follow it; null for the runner's own bound only
 * @param maxLag how far the slowest secondary may be behind; null for the configured one
 */
public record Pacing(
        int batchSize,
        int workers,
        @Nullable Duration targetLatency,
        @Nullable Duration maxLag) {
    /** Documents in a batch where the file doesn't say. */
    public static final int DEFAULT_BATCH_SIZE = 1_000;

    /** More would come near the server's limits for one transaction. */
    public static final int MAX_BATCH_SIZE = 10_000;

    /** More would only wait for each other. */
    public static final int MAX_WORKERS = 16;

    /** Where the file says nothing. */
    public static final Pacing DEFAULT = new Pacing(DEFAULT_BATCH_SIZE, 1, null, null);
}
