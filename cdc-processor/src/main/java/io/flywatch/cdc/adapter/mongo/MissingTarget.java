package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Guarantee;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Taken;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;

/** A target that can't be opened as it is configured: it is away until the configuration is mended, and says why. */
record MissingTarget(String reason) implements Target {

    @Override
    public Taken take(PartitionId id, String runId) {
        return new Taken.Away(reason);
    }

    @Override
    public Outcome begin(PartitionId id, long epoch, Position position) {
        return new Outcome.Away(reason);
    }

    @Override
    public Outcome apply(Batch batch) {
        return new Outcome.Away(reason);
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.UNKNOWN;
    }
}
