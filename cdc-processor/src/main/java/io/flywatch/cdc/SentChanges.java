package io.flywatch.cdc;

import io.flywatch.cdc.verify.LogPlace;
import java.util.Optional;

/** What the connector of a pipeline has proved to have sent. */
public interface SentChanges {

    /**
     * Whether everything that the source committed before a place in its log is in Kafka, in all partitions.
     *
     * @return why that is not known, for a person; empty if it is so
     */
    Optional<String> missing(String pipeline, LogPlace place);
}
