package io.flywatch.cdc;

import io.flywatch.events.progress.Eta;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;

/** How fast rows were compared lately, and when the rest will be done. */
final class VerificationSpeed {
    private static final int WINDOWS = 12;
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private final Deque<Double> rates = new ArrayDeque<>();
    private Instant since = Instant.MIN;
    private long rowsThen;

    void add(long rows, Instant now) {
        if (since.equals(Instant.MIN) || rows < rowsThen) {
            since = now;
            rowsThen = rows;
            return;
        }
        Duration passed = Duration.between(since, now);
        if (passed.compareTo(rates.isEmpty() ? Duration.ofSeconds(1) : WINDOW) >= 0) {
            rates.addLast((rows - rowsThen) / (passed.toNanos() / 1e9));
            if (rates.size() > WINDOWS) {
                rates.removeFirst();
            }
            since = now;
            rowsThen = rows;
        }
    }

    /** Rows a second, in the last minute; 0 before the first figure. */
    double perSecond() {
        return statistics().getAverage();
    }

    private DoubleSummaryStatistics statistics() {
        return rates.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    }

    /** From the slowest, the mean and the fastest lately; empty while one can't tell. */
    Optional<Eta> eta(long left) {
        DoubleSummaryStatistics lately = statistics();
        if (lately.getCount() == 0 || lately.getMin() <= 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Eta(time(left, lately.getMax()), time(left, lately.getAverage()), time(left, lately.getMin())));
    }

    private static Duration time(long left, double perSecond) {
        return Duration.ofSeconds((long) Math.ceil(left / perSecond));
    }
}
