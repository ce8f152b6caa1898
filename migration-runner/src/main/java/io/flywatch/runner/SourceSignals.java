package io.flywatch.runner;

import java.util.List;
import java.util.Optional;

/**
 * The table at a source in which a migration's connector is signalled, and in which the connector itself marks where in the log it read
 * rows. Every method throws {@link io.flywatch.runner.run.RunFailure} if the source does not answer.
 */
public interface SourceSignals {

    /** Creates it, empty, and proves that it may be written; answers why not, if the source does not allow it. */
    Optional<String> create();

    /** Writes signals in their order; one whose id is there already is not written again. */
    void write(List<Row> rows);

    /** Removes what was read. */
    void clear();

    /** What is wrong with a condition by which rows of a table are to be chosen; empty if nothing is. Changes nothing. */
    Optional<String> flaw(String table, String condition);

    /**
     * One signal, as Debezium reads it.
     *
     * @param data JSON
     */
    record Row(String id, String type, String data) {}
}
