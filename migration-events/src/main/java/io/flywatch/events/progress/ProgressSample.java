package io.flywatch.events.progress;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is, taken once a second while it works.
 *
 * @param state where the run stands
 * @param step the step at work, if any
 * @param activity what it is doing or waiting for, for a person
 * @param rowsDone rows or documents done so far
 * @param rowsTotal how many there will be, as far as known
 * @param totalBasis how the total was found: {@code counted}, {@code estimated} or {@code reported}; null without a total
 * @param rowsPerSecond lately
 * @param expectedRowsPerSecond from the migration's file or learned; null if there is no expectation
 * @param errors how many errors so far
 * @param errorRate errors lately as a share of the rows lately, 0 to 1
 * @param eta when it will be done; null if unknown
 * @param tables the same by table or collection
 * @param server what the database server itself says; null where nobody looks, and from earlier versions
 */
public record ProgressSample(
        String migrationId,
        String runId,
        Instant at,
        RunState state,
        @Nullable String step,
        String activity,
        long rowsDone,
        @Nullable Long rowsTotal,
        @Nullable String totalBasis,
        double rowsPerSecond,
        @Nullable Double expectedRowsPerSecond,
        long errors,
        double errorRate,
        @Nullable Eta eta,
        List<TableProgress> tables,
        @Nullable ServerSight server)
        implements ProgressEvent {
    public ProgressSample {
        tables = List.copyOf(tables);
    }
}
