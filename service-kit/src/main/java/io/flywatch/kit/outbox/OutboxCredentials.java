package io.flywatch.kit.outbox;

import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who reads the outbox for Kafka Connect: the service's own database user. */
@Singleton
@IfBuildProperty(name = "flywatch.outbox.enabled", stringValue = "true")
final class OutboxCredentials {
    private final String username;
    private final String password;

    OutboxCredentials(
            @ConfigProperty(name = "quarkus.datasource.username", defaultValue = "flywatch") String username,
            @ConfigProperty(name = "quarkus.datasource.password", defaultValue = "flywatch") String password) {
        this.username = username;
        this.password = password;
    }

    String username() {
        return username;
    }

    String password() {
        return password;
    }
}
