package io.flywatch.runner.adapter.orm;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the control database answers. */
@Readiness
@Singleton
public final class DatabaseReadiness implements HealthCheck {
    private static final int SECONDS = 2;

    private final DataSource database;

    DatabaseReadiness(DataSource database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("postgresql");
        try (Connection connection = database.getConnection()) {
            return connection.isValid(SECONDS)
                    ? answer.up().build()
                    : answer.down().withData("reason", "it does not answer").build();
        } catch (SQLException e) {
            return answer.down()
                    .withData("reason", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
