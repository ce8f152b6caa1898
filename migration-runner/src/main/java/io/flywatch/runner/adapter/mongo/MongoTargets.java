package io.flywatch.runner.adapter.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.flywatch.runner.Connections;
import io.flywatch.runner.RunnerConfig;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;

/** Clients of MongoDB servers by the name of their connection; made when first needed, and kept. */
@Singleton
public final class MongoTargets {
    /** By which the server knows us. */
    static final String NAME = "flywatch-runner";

    private static final String PREFIX = "mongodb";
    private static final Pattern CAUSE = Pattern.compile("caused by \\{([^}]+)}");

    private final Connections connections;
    private final Duration timeout;
    private final Map<String, MongoClient> clients = new ConcurrentHashMap<>();

    MongoTargets(Connections connections, RunnerConfig config) {
        this.connections = connections;
        this.timeout = config.checkTimeout();
    }

    /** The client of that connection. */
    MongoClient client(String name) {
        return clients.computeIfAbsent(name, this::open);
    }

    /** Throws a failure if the server does not answer. */
    public void check(String name) {
        try {
            client(name).getDatabase("admin").runCommand(new Document("ping", 1));
        } catch (MongoException e) {
            throw new RunFailure(
                    FailureType.TARGET,
                    "The target '%s' does not answer or refuses the credentials: %s. Start it, or correct flywatch.connections.%s.url."
                            .formatted(name, reason(e), name),
                    e);
        }
    }

    /** A timeout lists the whole state of the cluster; what a person needs is the first reason in it. */
    static String reason(MongoException e) {
        String message = String.valueOf(e.getMessage());
        Matcher cause = CAUSE.matcher(message);
        return cause.find() ? cause.group(1) : message;
    }

    private MongoClient open(String name) {
        Connections.Settings settings = connections.named(name, PREFIX);
        MongoClientSettings.Builder builder = MongoClientSettings.builder();
        try {
            builder.applyConnectionString(new ConnectionString(settings.url()));
        } catch (IllegalArgumentException e) {
            throw new RunFailure(
                    FailureType.CONFIGURATION,
                    "flywatch.connections.%s.url is no MongoDB connection string: %s.".formatted(name, e.getMessage()),
                    e);
        }
        if (settings.username().isPresent()) {
            builder.credential(MongoCredential.createCredential(
                    settings.username().get(),
                    "admin",
                    settings.password().orElse("").toCharArray()));
        }
        return MongoClients.create(builder.applicationName(NAME)
                .applyToClusterSettings(it -> it.serverSelectionTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS))
                .applyToSocketSettings(it -> it.connectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS))
                .build());
    }

    @PreDestroy
    void close() {
        clients.values().forEach(MongoClient::close);
    }
}
