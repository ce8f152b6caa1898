package io.flywatch.cdc;

import io.flywatch.cdc.Comparisons.Comparison;
import io.flywatch.cdc.Comparisons.Pair;
import io.flywatch.cdc.apply.Routes;
import io.flywatch.cdc.position.PartitionId;
import io.flywatch.cdc.verify.AwayException;
import io.flywatch.cdc.verify.ImpossibleException;
import io.flywatch.cdc.verify.Mismatch;
import io.flywatch.cdc.verify.Moment;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.StoppedException;
import io.flywatch.cdc.verify.Surroundings;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** The world as a table's verification sees it. */
final class VerifiedTable implements Surroundings {
    private static final Duration STEP = Duration.ofMillis(20);

    private final Pipeline pipeline;
    private final TableRoute route;
    private final Pair pair;
    private final VerificationStore store;
    private final VerificationLease lease;
    private final Passage passage;

    VerifiedTable(
            Pipeline pipeline,
            TableRoute route,
            Comparison comparison,
            VerificationTools tools,
            VerificationLease lease) {
        this.pipeline = pipeline;
        this.route = route;
        this.pair = comparison.table(route);
        this.store = tools.comparisons().store(pipeline.declared());
        this.lease = lease;
        this.passage = new Passage(pipeline, route.source(), comparison, tools);
        if (lease.latest().order().repairOf() != null) {
            requireOnePartition(tools);
        }
    }

    /** A key belongs to one of several partitions, and which one only the connector knows. */
    private void requireOnePartition(VerificationTools tools) {
        tools.heads()
                .ofTopic(pipeline.id(), topic())
                .filter(ends -> ends.size() > 1)
                .ifPresent(several -> {
                    throw new ImpossibleException("changes of " + route.source() + " come in " + several.size()
                            + " partitions: its rows can't be repaired in order. Order it for the other tables");
                });
    }

    private String topic() {
        return Routes.topic(pipeline.declared(), route.source());
    }

    Pair pair() {
        return pair;
    }

    @Override
    public void awaitLikelyApplied(Moment committed) {
        passage.awaitSign(committed, this::rest);
    }

    @Override
    public Optional<String> awaitApplied(Moment committed) {
        return passage.awaitProof(committed, this::rest);
    }

    private void rest(Duration time, String why) {
        lease.keep(lease.latest().because(why));
        lease.rest(time);
    }

    @Override
    public void found(List<Mismatch> mismatches) {
        if (!mismatches.isEmpty()) {
            store.found(lease.latest().id(), route.source(), mismatches, Instant.now());
        }
    }

    @Override
    public Set<RowKey> repair(List<RowKey> keys) {
        if (lease.latest().order().repairOf() == null) {
            return Set.of();
        }
        PartitionId partition = new PartitionId(pipeline.id(), topic(), 0);
        LaneRepair repair = new LaneRepair(keys, pair.changes());
        lane(partition).run(repair);
        try {
            while (!repair.written().isDone()) {
                rest(STEP, "it waits for the writer of " + partition);
            }
            return done(repair.written());
        } finally {
            repair.cancel();
        }
    }

    private Lane lane(PartitionId partition) {
        return pipeline.lanes().stream()
                .filter(lane -> lane.id().equals(partition))
                .findFirst()
                .orElseThrow(() -> {
                    lease.keep(lease.latest().because("it goes on at the replica that holds " + partition));
                    return new StoppedException("another replica holds " + partition);
                });
    }

    private static Set<RowKey> done(Future<Set<RowKey>> written) {
        try {
            return written.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("this replica ends");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AwayException("the repair failed", e);
        }
    }
}
