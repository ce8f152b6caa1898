package io.flywatch.kit.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where a service's outbox is, and how Kafka Connect reaches it. */
@ConfigMapping(prefix = "flywatch.outbox")
public interface OutboxConfig {

    /** Whether the service has an outbox; fixed when the service is built. */
    @WithDefault("false")
    boolean enabled();

    /** The database schema of the outbox table; it also names the connector, the slot and the publication. */
    @WithDefault("public")
    String schema();

    /** The database's host as Kafka Connect sees it, if it differs from the one in the service's JDBC URL. */
    Optional<String> databaseHost();

    /** The database's port as Kafka Connect sees it, if it differs from the one in the service's JDBC URL. */
    Optional<Integer> databasePort();
}
