package io.flywatch.runner.adapter.connect;

import io.flywatch.runner.Connections;
import io.flywatch.runner.adapter.jdbc.JdbcTargets;
import io.flywatch.runner.adapter.mongo.MongoTargets;
import io.flywatch.runner.migration.ReplicationMigration;
import jakarta.inject.Singleton;

/** Targets of replications, of every sort. */
@Singleton
final class ReplicationTargets {
    private final Connections connections;
    private final MongoTargets mongo;
    private final JdbcTargets jdbc;

    ReplicationTargets(Connections connections, MongoTargets mongo, JdbcTargets jdbc) {
        this.connections = connections;
        this.mongo = mongo;
        this.jdbc = jdbc;
    }

    /** Throws a failure if the target does not answer. */
    void check(ReplicationMigration.Target target) {
        if (connections.named(target.connection(), "").url().startsWith("jdbc:")) {
            jdbc.check(target.connection(), target.database());
        } else {
            mongo.check(target.connection());
        }
    }
}
