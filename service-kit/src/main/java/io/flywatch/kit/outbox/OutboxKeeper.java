package io.flywatch.kit.outbox;

import io.flywatch.kit.connect.ConnectClient;
import io.flywatch.kit.connect.ConnectRefusedException;
import io.flywatch.kit.connect.ConnectUnreachableException;
import io.flywatch.kit.connect.ConnectorStatus;
import io.flywatch.kit.outbox.OutboxState.Running;
import io.flywatch.kit.outbox.OutboxState.Waiting;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Keeps the outbox's connector registered and running. Slot and publication are made at start, before the service writes its first
 * event: an event is deleted as soon as it is written, so that only a slot that was there before it can hold it.
 */
@Singleton
@IfBuildProperty(name = "flywatch.outbox.enabled", stringValue = "true")
public final class OutboxKeeper {
    private static final Logger LOG = Logger.getLogger(OutboxKeeper.class);
    private static final Duration BETWEEN_RESTARTS = Duration.ofSeconds(15);

    private final ConnectClient connect;
    private final DataSource database;
    private final OutboxConnector connector;
    private volatile OutboxState state = new Waiting("Kafka Connect has not been asked yet");
    private Instant lastRestart = Instant.MIN;

    OutboxKeeper(
            ConnectClient connect,
            DataSource database,
            OutboxConfig config,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String jdbcUrl,
            OutboxCredentials credentials) {
        this.connect = connect;
        this.database = database;
        this.connector =
                new OutboxConnector(config.schema(), jdbcUrl, credentials.username(), credentials.password(), config);
    }

    OutboxState state() {
        return state;
    }

    void prepare(@Observes @Priority(1) StartupEvent start) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            // Replicas that start for the first time together come one after the other.
            statement.execute("select pg_advisory_lock(hashtext('" + connector.slot() + "'))");
            try {
                if (!exists(connection, "select 1 from pg_publication where pubname = ?")) {
                    statement.execute("create publication " + connector.slot() + " for table " + connector.table());
                }
                if (!exists(connection, "select 1 from pg_replication_slots where slot_name = ?")) {
                    statement.execute(
                            "select pg_create_logical_replication_slot('" + connector.slot() + "', 'pgoutput')");
                }
            } finally {
                statement.execute("select pg_advisory_unlock(hashtext('" + connector.slot() + "'))");
            }
        }
    }

    private boolean exists(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, connector.slot());
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
    void keep() {
        OutboxState before = state;
        state = look();
        if (state instanceof Waiting now && !state.equals(before)) {
            LOG.warnf("outbox waits connector=%s reason=%s", connector.name(), now.why());
        } else if (state instanceof Running && !(before instanceof Running)) {
            LOG.infof("outbox flows connector=%s", connector.name());
        }
    }

    private OutboxState look() {
        try {
            Optional<ConnectorStatus> status = connect.status(connector.name());
            if (status.isEmpty()) {
                connect.put(connector.name(), connector.configuration());
                return new Waiting("the outbox connector was just registered");
            }
            return judge(status.get());
        } catch (ConnectUnreachableException e) {
            return new Waiting("Kafka Connect does not answer at " + connect.url());
        } catch (ConnectRefusedException e) {
            return new Waiting("Kafka Connect refuses the outbox connector: " + e.getMessage());
        }
    }

    private OutboxState judge(ConnectorStatus status) {
        if (status.running()) {
            return new Running();
        }
        Instant now = Instant.now();
        if (status.failed() && lastRestart.plus(BETWEEN_RESTARTS).isBefore(now)) {
            lastRestart = now;
            restart();
        }
        return new Waiting(
                "connector " + connector.name() + " is " + status.connector().state()
                        + status.firstTrace().map(trace -> ": " + trace).orElse(""));
    }

    /** A refusal, as while Kafka Connect rebalances, must not hide why the connector failed; it is tried again. */
    private void restart() {
        try {
            connect.restart(connector.name());
        } catch (ConnectRefusedException e) {
            LOG.warnf("outbox connector not restarted connector=%s reason=%s", connector.name(), e.getMessage());
        }
    }
}
