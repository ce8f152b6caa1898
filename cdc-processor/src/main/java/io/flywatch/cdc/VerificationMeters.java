package io.flywatch.cdc;

import io.flywatch.cdc.verify.Kind;
import io.flywatch.cdc.verify.Tally;
import io.flywatch.cdc.verify.Verification;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What is measured of a pipeline's verifications, of which the gauges show the latest that this replica worked on. */
final class VerificationMeters {

    private final CdcMetrics metrics;
    private final String pipeline;
    private final AtomicReference<@Nullable Verification> latest = new AtomicReference<>();

    VerificationMeters(CdcMetrics metrics, String pipeline) {
        this.metrics = metrics;
        this.pipeline = pipeline;
        metrics.verificationProgress(pipeline, () -> share(latest.get()));
        for (Kind kind : Kind.values()) {
            metrics.verificationMismatches(pipeline, kind, () -> mismatches(latest.get(), kind));
        }
    }

    void progress(Verification now) {
        latest.set(now);
    }

    void compared(String table, Tally before, Tally now) {
        metrics.verifiedRows(pipeline, table).increment(now.rows() - before.rows());
        metrics.verifiedChunks(pipeline, "differing").increment(now.differing() - before.differing());
        metrics.verifiedChunks(pipeline, "equal")
                .increment((now.chunks() - before.chunks()) - (now.differing() - before.differing()));
    }

    private static double share(@Nullable Verification now) {
        if (now == null) {
            return Double.NaN;
        }
        double done = 0;
        for (var table : now.tables()) {
            long expected = table.expected() == null ? 0 : Objects.requireNonNull(table.expected());
            done += table.isDone() ? 1 : Math.min(0.99, table.tally().rows() / Math.max(1.0, expected));
        }
        return now.tables().isEmpty() ? 1 : done / now.tables().size();
    }

    private static double mismatches(@Nullable Verification now, Kind kind) {
        if (now == null) {
            return Double.NaN;
        }
        Tally sum = now.tally();
        return switch (kind) {
            case MISSING -> sum.missing();
            case EXTRA -> sum.extra();
            case DIFFERENT -> sum.different();
        };
    }
}
