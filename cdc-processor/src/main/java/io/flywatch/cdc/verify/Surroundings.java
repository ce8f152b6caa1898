package io.flywatch.cdc.verify;

import java.time.Instant;
import java.util.List;

/** What a table's verification needs of the world. */
public interface Surroundings {

    /**
     * Returns once the pipeline has applied everything of the table that the source committed before then.
     *
     * @param committed by the source's clock
     * @throws StoppedException if the verification is to end
     */
    void awaitApplied(Instant committed);

    /** Remembers proved mismatches; the same again is nothing. */
    void found(List<Mismatch> mismatches);
}
