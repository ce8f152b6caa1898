package io.flywatch.runner.progress;

import io.flywatch.events.progress.Eta;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Time left = rows left / rows per second, with the bounds that the recent rates give. */
public final class TimeLeft {
    private static final double LONGEST = Duration.ofDays(3_650).toSeconds();

    private TimeLeft() {}

    /** Empty if the total is unknown, nothing is left, or nothing moves: then no time is right. */
    public static Optional<Eta> of(long done, @Nullable Long total, RateWindow rates) {
        double mean = rates.perSecond();
        if (total == null || mean <= 0 || total <= done) {
            return Optional.empty();
        }
        double left = (double) total - done;
        double best = rates.slices().stream().mapToDouble(it -> it).max().orElse(mean);
        double worst = rates.slices().stream()
                .mapToDouble(it -> it)
                .filter(it -> it > 0)
                .min()
                .orElse(mean);
        return Optional.of(new Eta(
                seconds(left / Math.max(best, mean)), seconds(left / mean), seconds(left / Math.min(worst, mean))));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(Math.min(seconds, LONGEST) * 1_000));
    }
}
