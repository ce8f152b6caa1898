package io.flywatch.kit.health;

import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when PostgreSQL answers. */
@Readiness
@Singleton
@IfBuildProperty(name = "flywatch.outbox.enabled", stringValue = "true")
public final class PostgresReadiness implements HealthCheck {

    private static final int ANSWERS_WITHIN_SECONDS = 2;

    private final DataSource database;

    PostgresReadiness(DataSource database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        try (Connection connection = database.getConnection()) {
            if (connection.isValid(ANSWERS_WITHIN_SECONDS)) {
                return HealthCheckResponse.up("postgresql");
            }
            return down("the connection is dead");
        } catch (SQLException e) {
            return down("PostgreSQL does not answer: " + e.getMessage());
        }
    }

    private static HealthCheckResponse down(String why) {
        return HealthCheckResponse.named("postgresql")
                .down()
                .withData("reason", why)
                .build();
    }
}
