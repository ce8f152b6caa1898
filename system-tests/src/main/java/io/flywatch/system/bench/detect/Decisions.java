package io.flywatch.system.bench.detect;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long decisions took, as a Prometheus histogram has it.
 *
 * @param buckets how many took at most so many seconds
 */
record Decisions(Map<Double, Long> buckets) {

    private static final Pattern BUCKET = Pattern.compile(
            "^anomaly_decision_seconds_bucket\\{.*?le=\"([^\"]+)\".*?}\\s+([0-9.E+]+)", Pattern.MULTILINE);

    Decisions {
        buckets = new TreeMap<>(buckets);
    }

    /** What a page of metrics says. */
    static Decisions of(String page) {
        Map<Double, Long> buckets = new TreeMap<>();
        Matcher matcher = BUCKET.matcher(page);
        while (matcher.find()) {
            double limit =
                    matcher.group(1).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(matcher.group(1));
            buckets.merge(limit, (long) Double.parseDouble(matcher.group(2)), Long::sum);
        }
        if (buckets.isEmpty()) {
            throw new IllegalStateException("The service shows no anomaly_decision_seconds.");
        }
        return new Decisions(buckets);
    }

    /** What came since. */
    Decisions since(Decisions before) {
        Map<Double, Long> more = new TreeMap<>();
        buckets.forEach((limit, count) -> more.put(limit, count - before.buckets.getOrDefault(limit, 0L)));
        return new Decisions(more);
    }

    long count() {
        return buckets.getOrDefault(Double.POSITIVE_INFINITY, 0L);
    }

    /** In seconds, interpolated within a bucket as {@code histogram_quantile} of Prometheus does. */
    double quantile(double share) {
        double rank = share * count();
        double lower = 0;
        long below = 0;
        for (Map.Entry<Double, Long> bucket : buckets.entrySet()) {
            if (bucket.getValue() >= rank) {
                if (bucket.getKey().isInfinite()) {
                    return lower;
                }
                long within = Math.max(1, bucket.getValue() - below);
                return lower + (bucket.getKey() - lower) * (rank - below) / within;
            }
            lower = bucket.getKey();
            below = bucket.getValue();
        }
        return lower;
    }
}
