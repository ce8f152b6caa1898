package io.flywatch.cdc.adapter.jdbc;

import io.flywatch.cdc.Connections;
import io.flywatch.cdc.Pipelines;
import io.flywatch.cdc.SourceClocks;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Compares the clocks of PostgreSQL sources with ours: what the source says is held against the middle of the time that the question
 * took, so the error is half of that at most.
 */
@Singleton
final class JdbcSourceClocks implements SourceClocks {
    private static final Logger LOG = Logger.getLogger(JdbcSourceClocks.class);
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final int SECONDS_TO_ANSWER = 5;

    private final Connections connections;
    private final Pipelines pipelines;
    private final Map<String, Double> skews = new ConcurrentHashMap<>();

    JdbcSourceClocks(Connections connections, Pipelines pipelines) {
        this.connections = connections;
        this.pipelines = pipelines;
    }

    @Override
    public Optional<Double> skewSeconds(String connection) {
        return Optional.ofNullable(skews.get(connection));
    }

    @Scheduled(every = "{flywatch.cdc.clock-check:10s}", concurrentExecution = ConcurrentExecution.SKIP)
    void check() {
        Set<String> sources = pipelines.sourceConnections();
        skews.keySet().retainAll(sources);
        sources.forEach(this::check);
    }

    private void check(String name) {
        Connections.Connection source = connections.byName().get(name);
        if (source == null || !source.url().startsWith(POSTGRESQL)) {
            return;
        }
        try (Connection connection = DriverManager.getConnection(source.url(), login(source))) {
            skews.put(name, skew(connection));
        } catch (SQLException e) {
            skews.remove(name);
            LOG.debugf("source clock unknown connection=%s reason=%s", name, e.getSQLState());
        }
    }

    private static Properties login(Connections.Connection source) {
        Properties login = new Properties();
        source.username().ifPresent(user -> login.setProperty("user", user));
        source.password().ifPresent(password -> login.setProperty("password", password));
        login.setProperty("connectTimeout", Integer.toString(SECONDS_TO_ANSWER));
        login.setProperty("socketTimeout", Integer.toString(SECONDS_TO_ANSWER));
        login.setProperty("ApplicationName", "flywatch-cdc-processor");
        return login;
    }

    /** The second question is the one that counts: the first one warms the way. */
    private static double skew(Connection connection) throws SQLException {
        ask(connection);
        Instant before = Instant.now();
        Instant theirs = ask(connection);
        Duration took = Duration.between(before, Instant.now());
        Duration ahead = Duration.between(before.plus(took.dividedBy(2)), theirs);
        return ahead.toNanos() / 1e9;
    }

    private static Instant ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select clock_timestamp()")) {
            result.next();
            return result.getObject(1, OffsetDateTime.class).toInstant();
        }
    }
}
