package io.flywatch.cdc.adapter.sql;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalPoolInterceptor;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.flywatch.cdc.CdcConfig;
import io.flywatch.cdc.Connections;
import io.flywatch.cdc.TargetHealth;
import io.flywatch.cdc.TargetKind;
import io.flywatch.cdc.apply.Target;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Opens SQL targets, one pool for each configured connection and database, and watches whether they answer. */
@Singleton
public final class SqlTargets implements TargetKind, TargetHealth {
    private static final int SECONDS_TO_ANSWER = 5;

    private static final int MORE_THAN_WRITERS = 4;

    private final int connections;
    private final Map<String, SqlServer> servers = new ConcurrentHashMap<>();
    private final Map<String, String> away = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    SqlTargets(CdcConfig config) {
        this.connections = config.writers() + MORE_THAN_WRITERS;
    }

    @Override
    public boolean takes(String url) {
        return SqlUrl.isKnown(url);
    }

    @Override
    public Target open(String connection, Connections.Connection configured, String database) {
        SqlUrl url = SqlUrl.of(configured.url()).withDatabase(database);
        SqlServer server =
                servers.computeIfAbsent(connection + "/" + database, name -> connect(url, configured, connections));
        return new SqlTarget(server, Clock.systemUTC());
    }

    static SqlServer connect(SqlUrl url, Connections.Connection configured, int connections) {
        try {
            AgroalDataSourceConfigurationSupplier configuration = new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(connections)
                            .initialSize(0)
                            .minSize(0)
                            .acquisitionTimeout(Duration.ofSeconds(10))
                            // Without these two a connection that broke is handed out again for ever.
                            .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(SECONDS_TO_ANSWER))
                            .exceptionSorter(SqlTargets::isEndOfConnection)
                            .idleValidationTimeout(Duration.ofSeconds(2))
                            .reapTimeout(Duration.ofMinutes(1))
                            .connectionFactoryConfiguration(factory -> {
                                factory.jdbcUrl(url.text()).connectionProviderClassName(url.driver());
                                url.properties().forEach(factory::jdbcProperty);
                                configured.username().ifPresent(user -> factory.principal(new NamePrincipal(user)));
                                configured
                                        .password()
                                        .ifPresent(password -> factory.credential(new SimplePassword(password)));
                                return factory;
                            }));
            AgroalDataSource pool = AgroalDataSource.from(configuration);
            pool.setPoolInterceptors(List.of(new Prepared(url)));
            return new SqlServer(pool, url.dialect());
        } catch (SQLException e) {
            throw new IllegalArgumentException("a pool of connections can't be made", e);
        }
    }

    /** Class 08 is a broken connection; 57P is a server that is shutting down. */
    private static boolean isEndOfConnection(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    /** Makes each new connection ready. */
    private record Prepared(SqlUrl url) implements AgroalPoolInterceptor {
        @Override
        public void onConnectionCreate(Connection connection) {
            url.prepare(connection);
        }
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void watch() {
        if (stopped) {
            return;
        }
        servers.forEach((name, server) -> {
            try {
                server.ping();
                away.remove(name);
            } catch (SQLException e) {
                away.put(name, server.dialect().fault(e).reason());
            }
        });
    }

    @Override
    public Map<String, String> away() {
        return new TreeMap<>(away);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        servers.values().forEach(SqlServer::close);
    }
}
