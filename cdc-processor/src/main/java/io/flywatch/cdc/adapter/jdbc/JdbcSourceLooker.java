package io.flywatch.cdc.adapter.jdbc;

import io.flywatch.cdc.CdcConfig;
import io.flywatch.cdc.Connections;
import io.flywatch.cdc.SourceLooker;
import io.flywatch.cdc.lag.SourceLook;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Looks at SQL sources. */
@Singleton
final class JdbcSourceLooker implements SourceLooker {
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final List<String> ALL = List.of(POSTGRESQL, "jdbc:mysql:", "jdbc:mariadb:");

    private final PostgresLook postgres;
    private final MySqlLook mysql = new MySqlLook();

    JdbcSourceLooker(CdcConfig config) {
        this.postgres = new PostgresLook(
                config.sourceLogBudget().map(MemorySize::asLongValue).orElse(null));
    }

    @Override
    public boolean takes(String url) {
        return ALL.stream().anyMatch(url::startsWith);
    }

    @Override
    public SourceLook look(PipelineDeclared pipeline, Connections.Connection source) {
        try (Connection connection = Login.open(source)) {
            return source.url().startsWith(POSTGRESQL)
                    ? postgres.at(connection, pipeline)
                    : mysql.at(connection, pipeline);
        } catch (SQLException e) {
            throw new UnseenException("SQLSTATE " + e.getSQLState(), e);
        }
    }
}
