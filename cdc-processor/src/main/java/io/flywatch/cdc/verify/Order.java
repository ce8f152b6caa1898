package io.flywatch.cdc.verify;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be verified, and how.
 *
 * @param tables {@code schema.table} at the source; empty for all of the pipeline
 * @param chunkRows rows of the source in a chunk
 * @param maxRowsPerSecond the most rows that are read at the source; null for as many as it gives
 * @param sample the share of the chunks that are compared, above 0 and up to 1
 * @param changedSince only rows whose changes came since then; null for all rows
 * @param repairOf the verification whose mismatches are to be repaired, and are all that is compared; null for none
 */
public record Order(
        List<String> tables,
        int chunkRows,
        @Nullable Integer maxRowsPerSecond,
        double sample,
        @Nullable Instant changedSince,
        @Nullable String repairOf) {
    public Order {
        tables = List.copyOf(tables);
    }

    /** Whether rows are left out on purpose. */
    public boolean isPartial() {
        return sample < 1 || changedSince != null || repairOf != null;
    }
}
