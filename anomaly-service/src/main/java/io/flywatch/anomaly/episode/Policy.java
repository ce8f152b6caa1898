package io.flywatch.anomaly.episode;

import java.time.Duration;

/**
 * How patient episodes are.
 *
 * @param recovery how long a series has to be back in range before its episode closes or its severity goes down
 * @param coolDown how long after its end an episode that would open again waits
 * @param updateEvery how often, at most, a worse peak is told
 * @param markedly by what factor a peak has to be worse than the one told last to be told
 * @param unmeasuredAfter an episode whose series has not been measured for so long closes
 */
public record Policy(
        Duration recovery, Duration coolDown, Duration updateEvery, double markedly, Duration unmeasuredAfter) {}
