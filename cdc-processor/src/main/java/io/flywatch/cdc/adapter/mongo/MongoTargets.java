package io.flywatch.cdc.adapter.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClients;
import io.flywatch.cdc.Connections;
import io.flywatch.cdc.TargetHealth;
import io.flywatch.cdc.TargetKind;
import io.flywatch.cdc.apply.Target;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Opens MongoDB targets, one client for each configured connection, and watches whether they answer. */
@Singleton
public final class MongoTargets implements TargetKind, TargetHealth {

    private static final int SECONDS_TO_CONNECT = 5;
    private static final int SECONDS_TO_ANSWER = 60;

    private final Map<String, Server> servers = new ConcurrentHashMap<>();
    private final Map<String, String> away = new ConcurrentHashMap<>();

    private volatile boolean stopped;

    @Override
    public boolean takes(String url) {
        return url.startsWith("mongodb://") || url.startsWith("mongodb+srv://");
    }

    @Override
    public Target open(String name, Connections.Connection configured, String database) {
        return new MongoTarget(server(name, configured), database, Clock.systemUTC());
    }

    /** The server of a connection; throws if the URL is none of MongoDB's. */
    Server server(String name, Connections.Connection configured) {
        return servers.computeIfAbsent(name, it -> connect(name, configured));
    }

    private static Server connect(String name, Connections.Connection configured) {
        ConnectionString url = new ConnectionString(configured.url());
        MongoClientSettings.Builder settings = MongoClientSettings.builder()
                .applicationName("flywatch-cdc-processor")
                .applyConnectionString(url)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(SECONDS_TO_CONNECT, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(SECONDS_TO_CONNECT, TimeUnit.SECONDS)
                        .readTimeout(SECONDS_TO_ANSWER, TimeUnit.SECONDS))
                .readPreference(ReadPreference.primary())
                .writeConcern(WriteConcern.MAJORITY)
                .retryWrites(true);
        credential(url, configured).ifPresent(settings::credential);
        return new Server(name, MongoClients.create(settings.build()));
    }

    private static Optional<MongoCredential> credential(ConnectionString url, Connections.Connection configured) {
        MongoCredential inUrl = url.getCredential();
        String source = inUrl != null ? inUrl.getSource() : "admin";
        return configured
                .username()
                .map(user -> MongoCredential.createCredential(
                        user, source, configured.password().orElse("").toCharArray()));
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
            } catch (MongoException e) {
                away.put(name, Reasons.of(e));
            } catch (IllegalStateException closedMeanwhile) {
                away.remove(name);
            }
        });
    }

    @Override
    public Map<String, String> away() {
        return new TreeMap<>(away);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        servers.values().forEach(Server::close);
    }
}
