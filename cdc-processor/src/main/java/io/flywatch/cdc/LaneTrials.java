package io.flywatch.cdc;

import io.flywatch.cdc.apply.Portion;
import io.flywatch.cdc.position.PartitionId;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What a lane's attempts to write have taught it: what is in the way, and how much the target writes at once. For one writer at a time. */
final class LaneTrials {
    private static final Logger LOG = Logger.getLogger(LaneTrials.class);

    private final PartitionId id;
    private volatile @Nullable LaneTrouble trouble;
    private volatile Portion portion = Portion.WHOLE;

    LaneTrials(PartitionId id) {
        this.id = id;
    }

    /** An attempt failed; tells how many have in a row. */
    int failed(String reason) {
        if (trouble == null) {
            LOG.warnf("partition waits migrationId=%s partition=%s reason=%s", id.pipeline(), id, reason);
        }
        LaneTrouble now = LaneTrouble.after(trouble, reason);
        trouble = now;
        return now.attempts();
    }

    /** So many records were more than the target can write at once; tells why it is tried again, for a person. */
    String tooMuch(int records, String reason) {
        portion = portion.tooMuch(records);
        return "%d records are more than the target writes at once, as %s: %d are tried"
                .formatted(records, reason, portion.most());
    }

    /** The target does what it is asked again. */
    void over() {
        trouble = null;
    }

    /** A batch was written, of at most {@code limit} records if nothing is in the way. */
    void written(int limit) {
        LaneTrouble before = trouble;
        if (before != null) {
            LOG.infof("target writes again partition=%s attempts=%d", id, before.attempts());
        }
        over();
        portion = portion.written(limit);
    }

    @Nullable
    LaneTrouble trouble() {
        return trouble;
    }

    /** How many records a batch may have. */
    Portion portion() {
        return portion;
    }
}
