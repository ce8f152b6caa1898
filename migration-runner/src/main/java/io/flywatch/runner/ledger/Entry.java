package io.flywatch.runner.ledger;

import io.flywatch.runner.changeset.Version;
import java.util.Map;

/**
 * What the ledger says of one change set.
 *
 * @param applied whether all of it was done; else it was begun
 * @param checksum of the whole change set, as it was when it was begun
 * @param begun the checksums of its steps that may have changed documents, by place
 */
public record Entry(Version version, boolean applied, String checksum, Map<Integer, String> begun) {
    public Entry {
        begun = Map.copyOf(begun);
    }
}
