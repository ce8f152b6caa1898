package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.Comparisons.Reached;
import io.flywatch.cdc.Connections;
import io.flywatch.cdc.VerificationStore;
import io.flywatch.cdc.verify.TargetTable;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.util.List;

/** A target's database as verifications see it. */
public interface TargetDatabase extends AutoCloseable {

    /** What rows have to look like there. */
    Form form(TableRoute route);

    /** A table that is verified. */
    TargetTable table(TableRoute route, KeyShape key);

    /** What should be known of a table's verification. */
    List<String> notes(TableRoute route, KeyShape key);

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
