package io.flywatch.runner;

import io.flywatch.runner.adapter.orm.FenceStore;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.replication.Fence;
import io.flywatch.runner.run.Run;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Sets the fence of a cutover: from then on nobody is to write at the source, and the gate waits until the target has all before it. */
@Singleton
public final class Fences {
    private final SourceSystems sources;
    private final FenceStore store;
    private final Clock clock = Clock.systemUTC();

    Fences(SourceSystems sources, FenceStore store) {
        this.sources = sources;
        this.store = store;
    }

    /**
     * Sets a fence in place of an earlier one. Throws {@link io.flywatch.runner.run.RunFailure} if the source does not answer.
     *
     * @param by who has it set
     */
    public Fence set(Run run, ReplicationMigration migration, String by) {
        String token = UUID.randomUUID().toString();
        Instant at = sources.of(migration).fence(migration);
        Fence fence = new Fence(token, at, clock.instant(), by);
        store.keep(run.id(), fence);
        return fence;
    }

    /** Takes the fence of a run away. */
    public void lift(Run run) {
        store.lift(run.id());
    }
}
