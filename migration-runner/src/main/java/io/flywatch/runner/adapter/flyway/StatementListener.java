package io.flywatch.runner.adapter.flyway;

import io.flywatch.runner.sql.Statement;

/** Is told of each statement before and after it is executed, in the thread that executes it. */
interface StatementListener {

    /**
     * A statement is about to be executed.
     *
     * @param alone whether it is a transaction of its own
     */
    void before(Statement statement, boolean alone);

    /** It was executed without an error. */
    void after(Statement statement, boolean alone);

    /** It changed so many rows. */
    void changed(Statement statement, long rows);
}
