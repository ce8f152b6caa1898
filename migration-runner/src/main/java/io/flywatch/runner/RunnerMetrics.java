package io.flywatch.runner;

import io.flywatch.events.progress.MigrationKind;
import io.flywatch.events.progress.RunState;
import io.flywatch.runner.migration.Declarations;
import io.flywatch.runner.migration.Migration;
import io.flywatch.runner.migration.MongoMigration;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.replication.ConnectorSight;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunStatus;
import io.flywatch.runner.schedule.Fired;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Every meter of the runner. */
@Singleton
public final class RunnerMetrics {
    private static final Duration[] CHANGE_SET_BUCKETS = seconds(1, 5, 15, 30, 60, 300);
    private static final Duration[] RUN_BUCKETS = seconds(60, 300, 600, 1800, 3600);
    private static final List<String> CONNECTOR_STATES = List.of("running", "idle", "failed", "missing", "unknown");

    private final MeterRegistry registry;
    private final Map<String, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();

    RunnerMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (CommandOutcome outcome : CommandOutcome.values()) {
            commands(outcome);
        }
    }

    /** Makes the series of all that is declared, at zero. */
    public void declare(Declarations declarations) {
        declarations.valid().forEach(it -> {
            declare(it.migration());
            if (it.schedule() != null) {
                Arrays.stream(Fired.Outcome.values())
                        .forEach(outcome -> fires(it.migration().id(), outcome));
            }
        });
    }

    private void declare(Migration migration) {
        runDuration(migration.id());
        for (FailureType type : FailureType.values()) {
            errors(migration.id(), type);
        }
        gauge("migration.gate.open", "1 if the gate was open when it was last asked, else 0.", migration.id());
        if (migration instanceof ReplicationMigration) {
            connectorRestarts(migration.id());
        }
        if (migration instanceof MongoMigration mongo) {
            mongo.changeSets().forEach(set -> {
                String version = set.version().text();
                changeSetDuration(version, RunState.SUCCEEDED);
                changeSetDuration(version, RunState.FAILED);
                for (FailureType type : FailureType.values()) {
                    changeSetErrors(version, type);
                }
                set.steps().forEach(step -> {
                    documents(version, step.collection());
                    rows(migration.id(), step.collection());
                });
            });
        }
    }

    /** A run ended. */
    public void ended(String migrationId, MigrationKind kind, RunStatus.Ended ended) {
        runDuration(migrationId).record(ended.took());
        if (ended instanceof RunStatus.Failed failed) {
            errors(migrationId, failed.failure().type()).increment();
        }
        if (kind == MigrationKind.REPLICATION) {
            connector(migrationId, new ConnectorSight.Missing());
        }
    }

    /** A command came by Kafka. */
    public void command(CommandOutcome outcome) {
        commands(outcome).increment();
    }

    /** A time of a schedule was dealt with. */
    public void fired(String migrationId, Fired.Outcome outcome) {
        fires(migrationId, outcome).increment();
    }

    private Counter fires(String migrationId, Fired.Outcome outcome) {
        return Counter.builder("migration.schedule.fires")
                .description("Times of schedules, by what became of them.")
                .tag("migration_id", migrationId)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Counter commands(CommandOutcome outcome) {
        return Counter.builder("migration.commands")
                .description("Commands that came by Kafka, by what became of them.")
                .tag("outcome", outcome.label())
                .register(registry);
    }

    /** Documents of a change set were changed. */
    public void changed(String migrationId, String version, String collection, long count) {
        documents(version, collection).increment((double) count);
        rows(migrationId, collection).increment((double) count);
    }

    /** A tool reported so many more errors of its own. */
    public void reportedErrors(String migrationId, long count) {
        errors(migrationId, FailureType.REPORTED).increment((double) count);
    }

    /** Rows of a table were changed. */
    public void changed(String migrationId, String table, long count) {
        rows(migrationId, table).increment((double) count);
    }

    /** A change set was applied. */
    public void applied(String version, Duration took) {
        changeSetDuration(version, RunState.SUCCEEDED).record(took);
    }

    /** A change set failed. */
    public void failed(String version, FailureType type, Duration took) {
        changeSetDuration(version, RunState.FAILED).record(took);
        changeSetErrors(version, type).increment();
    }

    /** The gate was asked. */
    public void gate(String migrationId, boolean open) {
        gauge("migration.gate.open", "1 if the gate was open when it was last asked, else 0.", migrationId)
                .set(open ? 1.0 : 0.0);
    }

    /** What the connector of a replication looks like. */
    public void connector(String migrationId, ConnectorSight sight) {
        String now = switch (sight) {
            case ConnectorSight.Running it -> "running";
            case ConnectorSight.Idle it -> "idle";
            case ConnectorSight.Failed it -> "failed";
            case ConnectorSight.Missing it -> "missing";
            case ConnectorSight.Unknown it -> "unknown";
        };
        for (String state : CONNECTOR_STATES) {
            gauge(
                            "migration.connector.state",
                            "1 for the state that the connector is in, else 0.",
                            migrationId,
                            "state",
                            state)
                    .set(state.equals(now) ? 1.0 : 0.0);
        }
        gauge("migration.connector.tasks", "How many tasks of the connector run.", migrationId)
                .set(sight instanceof ConnectorSight.Running running ? (double) running.tasks() : 0.0);
    }

    /** A connector that had failed was restarted. */
    public void connectorRestarted(String migrationId) {
        connectorRestarts(migrationId).increment();
    }

    private Counter connectorRestarts(String migrationId) {
        return Counter.builder("migration.connector.restarts")
                .description("Restarts of connectors and tasks that had failed.")
                .tag("migration_id", migrationId)
                .register(registry);
    }

    private Timer runDuration(String migrationId) {
        return Timer.builder("migration.duration")
                .description("How long runs took, whatever their end.")
                .tag("migration_id", migrationId)
                .serviceLevelObjectives(RUN_BUCKETS)
                .register(registry);
    }

    private Counter errors(String migrationId, FailureType type) {
        return Counter.builder("migration.errors")
                .description("Failures of runs.")
                .tag("migration_id", migrationId)
                .tag("error_type", type.label())
                .register(registry);
    }

    private Counter rows(String migrationId, String table) {
        return Counter.builder("migration.rows")
                .description("Rows or documents changed by runs.")
                .tag("migration_id", migrationId)
                .tag("table_name", table)
                .register(registry);
    }

    private Timer changeSetDuration(String version, RunState status) {
        return Timer.builder("mongodb.migration.duration")
                .description("How long change sets took.")
                .tag("version", version)
                .tag("status", status == RunState.SUCCEEDED ? "succeeded" : "failed")
                .serviceLevelObjectives(CHANGE_SET_BUCKETS)
                .register(registry);
    }

    private Counter documents(String version, String collection) {
        return Counter.builder("mongodb.migration.documents")
                .description("Documents changed by change sets.")
                .tag("version", version)
                .tag("collection", collection)
                .register(registry);
    }

    private Counter changeSetErrors(String version, FailureType type) {
        return Counter.builder("mongodb.migration.errors")
                .description("Failures of change sets.")
                .tag("version", version)
                .tag("error_type", type.label())
                .register(registry);
    }

    /** Not a number until it is measured. */
    private AtomicReference<Double> gauge(String name, String help, String migrationId, String... tags) {
        return gauges.computeIfAbsent(name + migrationId + String.join(",", tags), key -> {
            AtomicReference<Double> value = new AtomicReference<>(Double.NaN);
            Gauge.builder(name, value, AtomicReference::get)
                    .description(help)
                    .tag("migration_id", migrationId)
                    .tags(tags)
                    .register(registry);
            return value;
        });
    }

    private static Duration[] seconds(long... bounds) {
        return Arrays.stream(bounds).mapToObj(Duration::ofSeconds).toArray(Duration[]::new);
    }
}
