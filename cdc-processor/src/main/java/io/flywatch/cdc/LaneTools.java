package io.flywatch.cdc;

import io.flywatch.cdc.apply.Backoff;
import io.flywatch.cdc.apply.DeadLetters;
import io.flywatch.cdc.avro.Schemas;
import io.flywatch.cdc.change.Catalogue;
import io.flywatch.cdc.mapping.Mask;
import io.flywatch.cdc.position.LogRange;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.events.pipeline.PipelineDeclared;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all lanes share.
 *
 * @param writers do the work
 * @param limits of a batch
 * @param mask hides values, if there is a salt
 * @param catalogues tell what messages without a schema don't
 */
public record LaneTools(
        ScheduledExecutorService writers,
        Logs logs,
        DeadLetters deadLetters,
        Backoff backoff,
        Limits limits,
        LaneQueue.Memory memory,
        Optional<Mask> mask,
        Catalogues catalogues) {

    /**
     * How large a batch may be.
     *
     * @param bytes of payload
     * @param rawBytes of records, schemas included
     */
    public record Limits(int changes, long bytes, long rawBytes) {}

    /** Tells what Kafka has of a partition. */
    public interface Logs {

        /** Empty if Kafka does not answer. */
        Optional<LogRange> of(PartitionId id);
    }

    /** Tells the types of sources' tables. */
    public interface Catalogues {

        /** The catalogue of a table; asking for it costs nothing yet. */
        Catalogue of(PipelineDeclared pipeline, String table);

        /** Where the schemas are of messages in Avro. */
        default Schemas schemas() {
            return Schemas.NONE;
        }

        /** Whether the source is a MongoDB. */
        default boolean hasDocuments(PipelineDeclared pipeline) {
            return false;
        }
    }
}
