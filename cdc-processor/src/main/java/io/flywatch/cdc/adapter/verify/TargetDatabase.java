package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.Comparisons.Reached;
import io.flywatch.cdc.Connections;
import io.flywatch.cdc.VerificationStore;
import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.verify.TargetTable;
import java.util.List;

/** A target's database as verifications see it. */
public interface TargetDatabase extends AutoCloseable {

    /**
     * A table that is verified.
     *
     * @param form what the source's rows have to look like there
     * @param summable whether the source can compute the same checksums as the target does
     * @param notes what should be known of the verification
     */
    record Side(TargetTable table, Form form, boolean summable, List<String> notes) {
        public Side {
            notes = List.copyOf(notes);
        }
    }

    /** The table that a route goes to; throws {@link io.flywatch.cdc.verify.ImpossibleException} if it is not there. */
    Side side(Route.Table route, SourceShape source);

    /** How far a pipeline is applied there. */
    List<Reached> positions(String pipeline);

    /** Where verifications are kept. */
    VerificationStore store();

    @Override
    void close();

    /** A kind of database. */
    interface Kind {

        /** Whether it can open such a URL. */
        boolean takes(String url);

        /** Opens a database of a configured connection; throws IllegalArgumentException if its URL can't be understood. */
        TargetDatabase open(String name, Connections.Connection configured, String database);
    }
}
