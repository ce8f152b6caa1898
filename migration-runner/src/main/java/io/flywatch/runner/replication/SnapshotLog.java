package io.flywatch.runner.replication;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a connector told of its snapshot so far.
 *
 * @param starts how many times it began: more than once if the connector was restarted on the way
 * @param completedAt when it had read all rows; null if it has not
 * @param scanned the rows of each table that was read to its end
 */
public record SnapshotLog(int starts, @Nullable Instant completedAt, Map<String, Long> scanned) {
    public SnapshotLog {
        scanned = Map.copyOf(scanned);
    }

    /** The sum of notifications in their order; a new start makes what came before void. */
    public static SnapshotLog of(List<Notification> notifications) {
        int starts = 0;
        Instant completedAt = null;
        Map<String, Long> scanned = new HashMap<>();
        for (Notification it : notifications) {
            switch (it.type()) {
                case STARTED -> {
                    starts++;
                    completedAt = null;
                    scanned.clear();
                }
                case TABLE_SCAN_COMPLETED -> {
                    if (it.table() != null && it.rows() != null) {
                        scanned.put(it.table(), it.rows());
                    }
                }
                case COMPLETED -> completedAt = it.at();
                case ABORTED -> completedAt = null;
                case SKIPPED -> {}
            }
        }
        return new SnapshotLog(starts, completedAt, scanned);
    }

    /** Whether the connector read all rows. */
    public boolean isRead() {
        return completedAt != null;
    }

    /**
     * Whether all rows that the connector read are in the target. Counting is exact while the snapshot ran once. If it began again,
     * rows were counted twice, and if rows are in the dead letters, they are never counted; then the proof is that everything that
     * was committed at the source after the snapshot's end has been applied, as it came later on the same way.
     *
     * @param applied the snapshot rows applied, by table
     * @param appliedUpTo the source time up to which everything was applied; null if unknown
     */
    public boolean isApplied(Map<String, Long> applied, @Nullable Instant appliedUpTo) {
        if (completedAt == null) {
            return false;
        }
        boolean counted = starts <= 1
                && !scanned.isEmpty()
                && scanned.entrySet().stream().allMatch(it -> applied.getOrDefault(it.getKey(), 0L) >= it.getValue());
        return counted || (appliedUpTo != null && appliedUpTo.isAfter(completedAt.plusSeconds(2)));
    }
}
