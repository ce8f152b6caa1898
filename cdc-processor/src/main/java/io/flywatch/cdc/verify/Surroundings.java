package io.flywatch.cdc.verify;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a table's verification needs of the world. */
public interface Surroundings {

    /**
     * Returns once the pipeline has probably applied everything of the table that the source committed before then: soon, and no proof.
     *
     * @throws StoppedException if the verification is to end
     */
    void awaitLikelyApplied(Moment committed);

    /**
     * Returns once it is proved that the pipeline has applied everything of the table that the source committed before then.
     *
     * @return why that could not be proved in reasonable time; empty if it is proved
     * @throws StoppedException if the verification is to end
     */
    Optional<String> awaitApplied(Moment committed);

    /**
     * Writes rows that are proved to differ as the source has them, at a place in the order of changes where only earlier ones have been
     * applied.
     *
     * @return the keys of what was written; none if nothing is to be repaired
     */
    Set<RowKey> repair(List<RowKey> keys);

    /** Remembers proved mismatches; the same again is nothing. */
    void found(List<Mismatch> mismatches);
}
