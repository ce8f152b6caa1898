package io.flywatch.cdc;

import io.flywatch.cdc.verify.AwayException;
import io.flywatch.cdc.verify.ImpossibleException;
import io.flywatch.cdc.verify.Order;
import io.flywatch.cdc.verify.Stage;
import io.flywatch.cdc.verify.TableState;
import io.flywatch.cdc.verify.Verification;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes orders for verifications, and works on those that nobody else works on: one of each pipeline at a time. */
@Singleton
public final class Verifications {
    private static final Logger LOG = Logger.getLogger(Verifications.class);

    private final Pipelines pipelines;
    private final Comparisons comparisons;
    private final VerificationTools tools;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, VerificationWork> atWork = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    Verifications(Pipelines pipelines, Comparisons comparisons, VerificationTools tools) {
        this.pipelines = pipelines;
        this.comparisons = comparisons;
        this.tools = tools;
    }

    /** What became of an order. */
    public sealed interface Ordered {

        /** It will be done. */
        record Accepted(Verification verification) implements Ordered {}

        /** There is one of this id already. */
        record Known(VerificationStore.Kept kept) implements Ordered {}

        /** There is no such pipeline. */
        record NoPipeline() implements Ordered {}

        /** The pipeline has no such tables. */
        record NoTables(List<String> unknown, List<String> known) implements Ordered {}

        /** This pipeline's databases can't be compared. */
        record Impossible(String reason) implements Ordered {}
    }

    /**
     * Orders a verification.
     *
     * @param runId the run whose pipeline is meant; null for whichever is there
     * @param id of the verification; null for a new one
     */
    public Ordered order(String pipelineId, @Nullable String runId, @Nullable String id, Order order) {
        Optional<Pipeline> found = pipelines
                .get(pipelineId)
                .filter(pipeline ->
                        runId == null || runId.equals(pipeline.declared().runId()));
        if (found.isEmpty()) {
            return new Ordered.NoPipeline();
        }
        Pipeline pipeline = found.get();
        List<String> known =
                pipeline.declared().tables().stream().map(TableRoute::source).toList();
        List<String> unknown =
                order.tables().stream().filter(table -> !known.contains(table)).toList();
        if (!unknown.isEmpty()) {
            return new Ordered.NoTables(unknown, known);
        }
        try {
            VerificationStore store = comparisons.store(pipeline.declared());
            Verification fresh = fresh(pipeline, id, order);
            return store.create(fresh)
                    ? new Ordered.Accepted(fresh)
                    : new Ordered.Known(store.get(pipelineId, fresh.id()).orElseThrow());
        } catch (ImpossibleException e) {
            return new Ordered.Impossible(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Orders the repair of what a verification found: a new one of those rows alone, which writes what still differs and looks again.
     *
     * @param found of this pipeline, and over
     * @param tables of these alone; empty for all that it found something in
     */
    public Ordered repair(Verification found, List<String> tables) {
        List<String> differing = found.tables().stream()
                .filter(table -> table.tally().mismatches() > 0)
                .map(TableState::source)
                .toList();
        List<String> none =
                tables.stream().filter(table -> !differing.contains(table)).toList();
        if (differing.isEmpty() || !none.isEmpty()) {
            return new Ordered.NoTables(none, differing);
        }
        Order old = found.order();
        Order order = new Order(
                tables.isEmpty() ? differing : tables, old.chunkRows(), old.maxRowsPerSecond(), 1, null, found.id());
        return order(found.migrationId(), null, null, order);
    }

    private Verification fresh(Pipeline pipeline, @Nullable String id, Order order) {
        List<TableState> tables = pipeline.declared().tables().stream()
                .filter(table -> order.tables().isEmpty() || order.tables().contains(table.source()))
                .map(table -> TableState.of(table.source(), table.target()))
                .toList();
        boolean whole = tables.size() == pipeline.declared().tables().size() && !order.isPartial();
        return new Verification(
                id == null ? "v-" + UUID.randomUUID().toString().substring(0, 13) : id,
                pipeline.id(),
                pipeline.declared().runId(),
                order,
                whole,
                Stage.REQUESTED,
                "begins as soon as a replica is free",
                clock.instant(),
                null,
                null,
                null,
                tables);
    }

    /** Where a pipeline's verifications are kept; empty if there is no such pipeline. */
    public Optional<VerificationStore> store(String pipelineId) {
        return pipelines.get(pipelineId).map(pipeline -> comparisons.store(pipeline.declared()));
    }

    @Scheduled(every = "1s", delayed = "3s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        atWork.values().removeIf(VerificationWork::isOver);
        for (Pipeline pipeline : pipelines.all()) {
            if (!stopped && !atWork.containsKey(pipeline.id())) {
                look(pipeline);
            }
        }
    }

    private void look(Pipeline pipeline) {
        try {
            VerificationStore store = comparisons.store(pipeline.declared());
            store.claim(pipeline.id(), clock.instant(), tools.config().lease())
                    .ifPresent(claim -> work(pipeline, store, claim));
        } catch (AwayException | ImpossibleException e) {
            LOG.debugf("no look for verifications migrationId=%s reason=%s", pipeline.id(), e.getMessage());
        }
    }

    private void work(Pipeline pipeline, VerificationStore store, VerificationStore.Claim claim) {
        VerificationWork work = new VerificationWork(pipeline, store, claim, tools);
        atWork.put(pipeline.id(), work);
        work.start();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        atWork.values().forEach(VerificationWork::halt);
    }
}
