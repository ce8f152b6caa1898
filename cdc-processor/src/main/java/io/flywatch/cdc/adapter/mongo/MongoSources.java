package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.Connections;
import io.flywatch.cdc.adapter.verify.SourceDatabase;
import jakarta.inject.Singleton;

/** Opens MongoDB sources for verifications. */
@Singleton
final class MongoSources implements SourceDatabase.Kind {
    private final MongoTargets servers;

    MongoSources(MongoTargets servers) {
        this.servers = servers;
    }

    @Override
    public boolean takes(String url) {
        return servers.takes(url);
    }

    @Override
    public SourceDatabase open(String name, Connections.Connection configured) {
        Server server = servers.server(name, configured);
        return new MongoSourceDatabase(server::database, MongoRows.asked(() -> ReplicatedLog.of(server)));
    }
}
