package io.flywatch.cdc;

import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.SourceTable;
import io.flywatch.cdc.verify.TargetTable;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens the two databases of a pipeline side by side. */
public interface Comparisons {

    /**
     * The databases of a pipeline.
     *
     * @throws io.flywatch.cdc.verify.ImpossibleException if nothing can compare them
     */
    Comparison open(PipelineDeclared pipeline);

    /** Where a pipeline's verifications are kept. */
    VerificationStore store(PipelineDeclared pipeline);

    /**
     * A table on both sides.
     *
     * @param areDocuments whether the source is a MongoDB
     * @param rowKey a key of the change stream as verifications know it
     * @param changes rows of the source, read now, each as the change that makes the target's row the same: for one that the source has not, a
     *     delete. Not for several threads
     * @param notes what should be known of its verification
     */
    record Pair(
            SourceTable source,
            TargetTable target,
            boolean areDocuments,
            Function<Key, RowKey> rowKey,
            Function<Collection<RowKey>, Map<RowKey, Change>> changes,
            List<String> notes) {
        public Pair {
            notes = List.copyOf(notes);
        }
    }

    /**
     * How far a partition is applied, as the target has it.
     *
     * @param offset the next record to apply
     * @param sourceMicros the newest commit time at the source that was applied, in microseconds since 1970; null if none was
     */
    record Reached(PartitionId id, long offset, @Nullable Long sourceMicros) {}

    /** Both databases of a pipeline. Not for several threads. */
    interface Comparison extends AutoCloseable {

        /** One table of the pipeline. */
        Pair table(TableRoute route);

        /** Stands for the columns of these tables at the source: it changes when they do. */
        String schema(List<TableRoute> routes);

        /** How far the pipeline's partitions are applied. */
        List<Reached> positions();

        @Override
        void close();
    }
}
