package io.flywatch.runner.adapter.connect;

import io.flywatch.events.pipeline.PipelineDeclared;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.replication.Plan;
import io.flywatch.runner.replication.Routing;
import io.flywatch.runner.run.Run;
import java.time.Instant;

/** What the processor is told of a run's pipeline. */
final class Declaration {

    private Declaration() {}

    static PipelineDeclared of(ReplicationMigration migration, Plan plan, Run run, Instant now) {
        return new PipelineDeclared(
                migration.id(),
                run.id(),
                now,
                migration.source().connection(),
                migration.target().connection(),
                migration.target().database(),
                plan.tables().stream().map(it -> route(migration, it)).toList(),
                plan.heartbeatTable());
    }

    private static TableRoute route(ReplicationMigration migration, Plan.Table table) {
        return Routing.of(migration, table.source(), table.target(), table.keyColumns());
    }
}
