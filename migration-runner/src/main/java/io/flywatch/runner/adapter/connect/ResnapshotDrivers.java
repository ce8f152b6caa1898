package io.flywatch.runner.adapter.connect;

import io.flywatch.runner.SourceSystems;
import io.flywatch.runner.adapter.kafka.NotificationView;
import io.flywatch.runner.adapter.orm.ResnapshotStore;
import io.flywatch.runner.migration.ReplicationMigration;
import jakarta.inject.Singleton;

/** What drivers of snapshots work with. */
@Singleton
final class ResnapshotDrivers {
    private final ResnapshotStore store;
    private final NotificationView notifications;
    private final SourceSystems sources;
    private final Connectors connectors;
    private final SignalWords words;

    ResnapshotDrivers(
            ResnapshotStore store,
            NotificationView notifications,
            SourceSystems sources,
            Connectors connectors,
            SignalWords words) {
        this.store = store;
        this.notifications = notifications;
        this.sources = sources;
        this.connectors = connectors;
        this.words = words;
    }

    ResnapshotDriver of(ReplicationMigration migration, String runId) {
        return new ResnapshotDriver(this, migration, runId);
    }

    ResnapshotStore store() {
        return store;
    }

    NotificationView notifications() {
        return notifications;
    }

    SourceSystems sources() {
        return sources;
    }

    Connectors connectors() {
        return connectors;
    }

    SignalWords words() {
        return words;
    }
}
