package io.flywatch.quickstart.screen;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the screen shows at one moment.
 *
 * @param migration the migration's id
 * @param route from where to where
 * @param phase what it is doing
 * @param elapsed since the run began
 * @param tables the tables, in a steady order
 * @param total all tables together; null while nothing is known
 * @param flow the pipeline's figures; null while nothing is measured
 * @param changes what the workload has changed so far
 * @param trouble what is broken on purpose at the moment; null for nothing
 * @param anomalies those open now
 * @param news what happened lately, the newest last
 * @param hints where to look next; empty before the snapshot is complete
 * @param ended whether the run has come to its end
 */
record View(
        String migration,
        String route,
        String phase,
        Duration elapsed,
        List<Row> tables,
        @Nullable Row total,
        @Nullable Flow flow,
        long changes,
        @Nullable String trouble,
        List<String> anomalies,
        List<News> news,
        List<String> hints,
        boolean ended) {

    View {
        tables = List.copyOf(tables);
        anomalies = List.copyOf(anomalies);
        news = List.copyOf(news);
        hints = List.copyOf(hints);
    }

    /** Whether the snapshot is complete. */
    boolean isStreaming() {
        return total != null && total.complete();
    }

    /**
     * One table's progress.
     *
     * @param done rows of the snapshot that arrived
     * @param total how many there will be, if known
     * @param rowsPerSecond lately
     * @param left time left, if known
     * @param complete whether the snapshot of the table is complete
     * @param streamed changes that arrived after the snapshot
     */
    record Row(
            String name,
            long done,
            @Nullable Long total,
            double rowsPerSecond,
            @Nullable Duration left,
            boolean complete,
            long streamed) {

        /** Between 0 and 1. */
        double share() {
            if (complete) {
                return 1;
            }
            return total == null || total == 0 ? 0 : Math.min(1, (double) done / total);
        }
    }

    /** The pipeline's figures; null is what was not measured. */
    record Flow(
            @Nullable Double lag,
            @Nullable Double staleness,
            long backlog,
            double arriving,
            double applied,
            long deadLetters) {}

    /** Something that happened. */
    record News(Instant at, Tone tone, String text) {}
}
