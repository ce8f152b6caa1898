package io.flywatch.cdc.adapter.jdbc;

import io.flywatch.cdc.CdcConfig;
import io.flywatch.cdc.Connections;
import io.flywatch.cdc.Pipelines;
import io.flywatch.cdc.SourceLooks;
import io.flywatch.cdc.lag.SourceLook;
import io.flywatch.events.pipeline.PipelineDeclared;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Looks at the SQL sources of all pipelines, each in its turn. */
@Singleton
final class JdbcSourceLooks implements SourceLooks {
    private static final Logger LOG = Logger.getLogger(JdbcSourceLooks.class);
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final List<String> MYSQL = List.of("jdbc:mysql:", "jdbc:mariadb:");

    private final Connections connections;
    private final Pipelines pipelines;
    private final PostgresLook postgres;
    private final MySqlLook mysql = new MySqlLook();
    private final Map<String, SourceLook> looks = new ConcurrentHashMap<>();

    JdbcSourceLooks(Connections connections, Pipelines pipelines, CdcConfig config) {
        this.connections = connections;
        this.pipelines = pipelines;
        this.postgres = new PostgresLook(
                config.sourceLogBudget().map(MemorySize::asLongValue).orElse(null));
    }

    @Override
    public SourceLook of(String pipeline) {
        return looks.getOrDefault(pipeline, SourceLook.NONE);
    }

    @Scheduled(every = "{flywatch.cdc.source-check:10s}", concurrentExecution = ConcurrentExecution.SKIP)
    void check() {
        List<PipelineDeclared> declared = pipelines.declared();
        looks.keySet()
                .retainAll(declared.stream().map(PipelineDeclared::migrationId).collect(Collectors.toSet()));
        declared.forEach(this::check);
    }

    private void check(PipelineDeclared pipeline) {
        Connections.Connection source = connections.byName().get(pipeline.sourceConnection());
        if (source == null) {
            return;
        }
        boolean isPostgres = source.url().startsWith(POSTGRESQL);
        if (!isPostgres && MYSQL.stream().noneMatch(source.url()::startsWith)) {
            return;
        }
        try (Connection connection = Login.open(source)) {
            looks.put(
                    pipeline.migrationId(),
                    isPostgres ? postgres.at(connection, pipeline) : mysql.at(connection, pipeline));
        } catch (SQLException e) {
            looks.remove(pipeline.migrationId());
            LOG.debugf("source not seen migrationId=%s reason=%s", pipeline.migrationId(), e.getSQLState());
        }
    }
}
