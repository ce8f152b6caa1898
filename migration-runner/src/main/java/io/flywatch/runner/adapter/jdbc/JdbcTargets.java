package io.flywatch.runner.adapter.jdbc;

import io.flywatch.runner.Connections;
import io.flywatch.runner.RunnerConfig;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** SQL databases as targets of replications: only looked at, as the processor writes to them. */
@Singleton
public final class JdbcTargets {
    private final Connections connections;
    private final RunnerConfig config;

    JdbcTargets(Connections connections, RunnerConfig config) {
        this.connections = connections;
        this.config = config;
    }

    /** Throws a failure if the database can't be opened, or not be written to. */
    public void check(String name, String database) {
        SourceUrl url = SourceUrl.of(connections.named(name, "jdbc:").url());
        try (Connection connection = SourceConnection.open(name, connections, config.checkTimeout(), database)) {
            if (connection.isReadOnly()) {
                throw new RunFailure(
                        FailureType.TARGET,
                        "The target '%s' (%s) is read-only. Name its primary in flywatch.connections.%s.url."
                                .formatted(name, url.host(), name));
            }
        } catch (SQLException e) {
            throw SourceConnection.failure(name, url.host() + ":" + url.port() + "/" + database, e);
        }
    }
}
