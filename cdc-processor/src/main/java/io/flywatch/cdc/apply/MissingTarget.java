package io.flywatch.cdc.apply;

import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.position.Position;

/** A target that can't be opened as it is configured: it is away until the configuration is mended, and says why. */
public record MissingTarget(String reason) implements Target {

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
