package io.flywatch.runner;

import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** Finds what a migration's source is by its connection's URL. */
@Singleton
public final class SourceSystems {
    private final Connections connections;
    private final Instance<SourceSystem> systems;

    SourceSystems(Connections connections, Instance<SourceSystem> systems) {
        this.connections = connections;
        this.systems = systems;
    }

    /** The source of a migration; throws {@link RunFailure} if its connection is of no known sort. */
    public SourceSystem of(ReplicationMigration migration) {
        String name = migration.source().connection();
        String url = connections.named(name, "").url();
        return systems.stream()
                .filter(system -> system.takes(url))
                .findFirst()
                .orElseThrow(() -> new RunFailure(
                        FailureType.CONFIGURATION,
                        "flywatch.connections.%s.url begins with none of jdbc:postgresql:, jdbc:mysql:, jdbc:mariadb: and mongodb."
                                .formatted(name)));
    }
}
