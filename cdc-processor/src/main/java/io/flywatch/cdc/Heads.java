package io.flywatch.cdc;

import io.flywatch.cdc.position.PartitionId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Where the logs of partitions end. */
public interface Heads {

    /** The offset behind each partition's last record; empty if Kafka does not answer. */
    Optional<Map<PartitionId, Long>> of(Collection<PartitionId> partitions);

    /** The same for all partitions of a topic, none if there is no such topic; empty if Kafka does not answer. */
    Optional<Map<PartitionId, Long>> ofTopic(String pipeline, String topic);
}
