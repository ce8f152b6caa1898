package io.flywatch.cdc.apply;

import io.flywatch.cdc.position.PartitionId;
import java.util.List;
import java.util.Optional;

/** Where records go that can't be applied, with all their bytes. */
public interface DeadLetters {

    /**
     * Puts records there, in order, and waits until they are safe.
     *
     * @return why that is not possible now; empty if they are safe
     */
    Optional<String> send(PartitionId from, String runId, List<DeadLetter> letters);
}
