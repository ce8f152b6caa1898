package io.flywatch.runner.adapter.connect;

import io.flywatch.kit.connect.ConnectClient;
import io.flywatch.kit.connect.ConnectRefusedException;
import io.flywatch.kit.connect.ConnectUnreachableException;
import io.flywatch.kit.connect.ConnectorStatus;
import io.flywatch.kit.connect.SourceOffset;
import io.flywatch.runner.Connections;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.replication.Names;
import io.flywatch.runner.replication.Plan;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The connectors of replications. */
@Singleton
public final class Connectors {
    private final ConnectClient connect;
    private final ConnectorOffsets offsets;
    private final Connections connections;
    private final String kafka;

    Connectors(
            ConnectClient connect,
            ConnectorOffsets offsets,
            Connections connections,
            @ConfigProperty(name = "flywatch.connect.kafka-bootstrap-servers") Optional<String> kafkaOfConnect,
            @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "127.0.0.1:9092") String kafka) {
        this.kafka = kafkaOfConnect.orElse(kafka);
        this.connect = connect;
        this.offsets = offsets;
        this.connections = connections;
    }

    /** Whether Kafka Connect could run the migration's connector; changes nothing. */
    public void check(ReplicationMigration migration, List<String> tables) {
        String url = connections.named(migration.source().connection(), "").url();
        PlainMessages.check(migration, url);
        String plugin = DebeziumSettings.connectorClass(url);
        List<String> errors = asking(() -> {
            if (!connect.plugins().contains(plugin)) {
                throw new RunFailure(
                        FailureType.KAFKA_CONNECT,
                        ("Kafka Connect at %s does not have the plugin %s. Put Debezium's connector for this source on its plugin.path"
                                        + " and restart it.")
                                .formatted(connect.url(), plugin));
            }
            if (find(Names.connector(migration.id())).isPresent()) {
                throw new RunFailure(
                        FailureType.KAFKA_CONNECT,
                        "Kafka Connect already has a connector %s, which no run of ours uses. Delete it, or give the migration another id."
                                .formatted(Names.connector(migration.id())));
            }
            return connect.validate(
                    plugin, DebeziumSettings.of(migration, tables, List.of(), null, null, connections, kafka));
        });
        if (!errors.isEmpty()) {
            throw new RunFailure(
                    FailureType.CONFIGURATION,
                    "Kafka Connect refuses the connector's settings: " + String.join("; ", errors)
                            + ". Correct the source's connection or source.connector in the migration's file.");
        }
    }

    /**
     * Registers the migration's connector, from the very beginning: what Kafka Connect remembers of an earlier connector of this
     * name would make it leave out the snapshot. A connector that runs already is left alone.
     */
    public void start(ReplicationMigration migration, Plan plan) {
        List<String> tables = plan.tables().stream().map(Plan.Table::source).toList();
        Map<String, String> settings = DebeziumSettings.of(
                migration, tables, plan.unlogged(), plan.heartbeatTable(), plan.signalTable(), connections, kafka);
        asking(() -> {
            offsets.startAfresh(Names.connector(migration.id()), settings);
            return true;
        });
    }

    /** What Kafka Connect says of the migration's connector; empty if there is none. */
    public Optional<ConnectorStatus> status(String migrationId) {
        return asking(() -> find(Names.connector(migrationId)));
    }

    /**
     * Up to when, by the source's clock, its log is known to be in Kafka with all that was told before; empty if that is not known, or if
     * what was committed last is of a snapshot.
     */
    public Optional<Instant> committedUpTo(String migrationId) {
        return asking(() -> connect.offsets(Names.connector(migrationId)).stream()
                .map(SourceOffset::offset)
                .filter(offset -> offset.keySet().stream().noneMatch(key -> key.startsWith("incremental_snapshot")))
                .flatMap(offset -> time(offset).stream())
                .min(Comparator.naturalOrder()));
    }

    private static Optional<Instant> time(Map<String, @Nullable Object> offset) {
        if (offset.get("ts_usec") instanceof Number micros) {
            return Optional.of(Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS));
        }
        return offset.get("ts_sec") instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
    }

    /** Stops the migration's connector, if it is there; answers whether nothing of it is at work any more. */
    public boolean stop(String migrationId) {
        String name = Names.connector(migrationId);
        return asking(() -> {
            Optional<ConnectorStatus> status = find(name);
            if (status.isEmpty()) {
                return true;
            }
            boolean stopped = "STOPPED".equals(status.get().connector().state());
            if (!stopped) {
                offsets.stop(name);
            }
            return stopped && status.get().tasks().isEmpty();
        });
    }

    /** Pauses the migration's connector; answers whether none of its tasks reads any more. */
    public boolean pause(String migrationId) {
        String name = Names.connector(migrationId);
        return asking(() -> {
            connect.pause(name);
            return find(name)
                    .filter(it -> "PAUSED".equals(it.connector().state()))
                    .filter(it -> it.tasks().stream().noneMatch(task -> "RUNNING".equals(task.state())))
                    .isPresent();
        });
    }

    /** Restarts what failed of the migration's connector. */
    public void restart(String migrationId) {
        asking(() -> {
            connect.restart(Names.connector(migrationId));
            return true;
        });
    }

    /** Lets the migration's connector go on after a pause. */
    public void resume(String migrationId) {
        asking(() -> {
            connect.resume(Names.connector(migrationId));
            return true;
        });
    }

    /** Deletes the migration's connector, if it is there. */
    public void delete(String migrationId) {
        asking(() -> {
            if (find(Names.connector(migrationId)).isPresent()) {
                connect.delete(Names.connector(migrationId));
            }
            return true;
        });
    }

    /** A Kafka Connect that is just starting knows of no connector: that is no proof that there is none. */
    private Optional<ConnectorStatus> find(String name) {
        Optional<ConnectorStatus> status = connect.status(name);
        if (status.isPresent()) {
            return status;
        }
        offsets.requireStarted();
        return connect.status(name);
    }

    private static <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (ConnectUnreachableException e) {
            throw new RunFailure(
                    FailureType.KAFKA_CONNECT,
                    e.getMessage() + ". Start Kafka Connect, or correct flywatch.connect.url.",
                    e);
        } catch (ConnectRefusedException e) {
            throw new RunFailure(
                    FailureType.KAFKA_CONNECT, "Kafka Connect refuses (" + e.status() + "): " + e.getMessage(), e);
        }
    }
}
