package io.flywatch.runner;

import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.replication.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A sort of database that replications come from. Every method throws {@link io.flywatch.runner.run.RunFailure} if it does not answer. */
public interface SourceSystem {

    /** Whether a connection's URL is of this sort. */
    boolean takes(String url);

    /** Checks all that can be checked without changing anything; answers the tables. */
    List<Plan.Table> check(ReplicationMigration migration);

    /** Counts the tables that are small enough. */
    List<Plan.Table> measure(ReplicationMigration migration, List<Plan.Table> tables);

    /** Whether the heartbeat's table is there. */
    boolean hasHeartbeat(ReplicationMigration migration);

    /** Creates the heartbeat's table; answers why not, if the source does not allow it. */
    Optional<String> createHeartbeat(ReplicationMigration migration);

    /** The table in which the migration's connector is signalled. */
    SourceSignals signals(ReplicationMigration migration);

    /**
     * Writes a row that travels the whole way behind all that was committed before, where there is a table for it.
     *
     * @return when it was committed, by the source's clock; later than the commit of anything before
     */
    Instant fence(ReplicationMigration migration);

    /**
     * Takes down what the run set up, as far as it is there.
     *
     * @return what is in the way, e.g. a slot that is still being read, or what was just done; empty when there was nothing to do
     */
    Optional<String> clean(ReplicationMigration migration, boolean heartbeatToo);
}
