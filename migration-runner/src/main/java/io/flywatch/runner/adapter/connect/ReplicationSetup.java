package io.flywatch.runner.adapter.connect;

import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.kit.connect.ConnectorStatus;
import io.flywatch.runner.SourceSystems;
import io.flywatch.runner.adapter.kafka.PipelinesOut;
import io.flywatch.runner.adapter.kafka.Topology;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.migration.ReplicationMigration.Heartbeat;
import io.flywatch.runner.replication.Names;
import io.flywatch.runner.replication.Plan;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks whether a replication can begin, and sets it up. */
@Singleton
final class ReplicationSetup {
    private final SourceSystems sources;
    private final ReplicationTargets targets;
    private final Topology topology;
    private final Connectors connectors;
    private final PipelinesOut pipelines;

    ReplicationSetup(
            SourceSystems sources,
            ReplicationTargets targets,
            Topology topology,
            Connectors connectors,
            PipelinesOut pipelines) {
        this.sources = sources;
        this.targets = targets;
        this.topology = topology;
        this.connectors = connectors;
        this.pipelines = pipelines;
    }

    /** Throws {@link RunFailure} if it can't begin; changes nothing. */
    List<Plan.Table> check(ReplicationMigration migration) {
        List<Plan.Table> tables = sources.of(migration).check(migration);
        targets.check(migration.target());
        notificationsEnd();
        connectors.check(migration, tables.stream().map(Plan.Table::source).toList());
        return tables;
    }

    /** What is to be set up; changes nothing. */
    Plan plan(ReplicationMigration migration) {
        List<Plan.Table> tables = sources.of(migration).measure(migration, check(migration));
        boolean wanted = migration.source().heartbeat() == Heartbeat.TABLE;
        boolean there = wanted && sources.of(migration).hasHeartbeat(migration);
        Plan plan = new Plan(
                tables, wanted ? Names.HEARTBEAT_TABLE : null, wanted && !there, notificationsEnd(), List.of());
        return plan.unlogged().isEmpty()
                ? plan
                : plan.remarking("Generated columns are not moved, as PostgreSQL's log does not carry their values: "
                        + String.join(", ", plan.unlogged())
                        + ". Where the target needs them, declare them there as generated, too.");
    }

    /** Sets up the heartbeat; answers why not, if the source does not allow it. Repeating it is harmless. */
    Optional<String> heartbeat(ReplicationMigration migration, Plan plan) {
        return plan.heartbeatTable() == null
                ? Optional.empty()
                : sources.of(migration).createHeartbeat(migration);
    }

    /** The same plan with a table for signals, or with the reason why there is none. Repeating it is harmless. */
    Plan withSignals(ReplicationMigration migration, Plan plan) {
        if (plan.heartbeatTable() == null) {
            return plan.withoutSignals("nothing is written at its source: it has no heartbeat");
        }
        return sources.of(migration)
                .signals(migration)
                .create()
                .map(plan::withoutSignals)
                .orElseGet(() -> plan.signalledBy(Names.signals(migration.id())));
    }

    /**
     * Removes what an earlier run left in Kafka, unless the connector of this run has begun to write there.
     *
     * @return whether all of it is gone
     */
    boolean clear(ReplicationMigration migration) {
        try {
            return connectors.status(migration.id()).isPresent() || topology.deleteChanges(migration.id()) == 0;
        } catch (Topology.KafkaAway e) {
            throw new RunFailure(FailureType.KAFKA, String.valueOf(e.getMessage()), e);
        }
    }

    /** Sets up the connector. Repeating it is harmless. */
    void start(ReplicationMigration migration, Plan plan) {
        connectors.start(migration, plan);
    }

    /** Tells the processor of the pipeline. */
    void declare(PipelineDeclared pipeline) {
        pipelines.declare(pipeline);
    }

    /** Whether the connector and its task run; a failure of theirs ends the wait. */
    boolean isRunning(ReplicationMigration migration) {
        Optional<ConnectorStatus> status = connectors.status(migration.id());
        status.filter(ConnectorStatus::failed).ifPresent(it -> {
            throw new RunFailure(
                    FailureType.CONNECTOR_FAILED,
                    "The connector failed at its start: " + it.firstTrace().orElse("no reason is given")
                            + ". Remove the cause and start a new run.");
        });
        return status.filter(ConnectorStatus::running).isPresent();
    }

    /** What lets its stream stand still. */
    Standstill standstill(ReplicationMigration migration, Plan plan, Consumer<Plan> note) {
        return new Standstill(connectors, migration, plan, note);
    }

    private Map<Integer, Long> notificationsEnd() {
        try {
            return topology.notificationsEnd();
        } catch (Topology.KafkaAway e) {
            throw new RunFailure(FailureType.KAFKA, String.valueOf(e.getMessage()), e);
        }
    }
}
