package io.flywatch.quickstart.dump;

import java.io.IOException;
import java.io.Reader;
import java.sql.SQLException;

/** What a dump is made of, in its order. */
interface Script {

    /**
     * A statement, without its semicolon.
     *
     * @param line where it begins
     */
    void statement(String sql, int line) throws SQLException, IOException;

    /**
     * A {@code COPY … FROM stdin} with its rows.
     *
     * @param line where it begins
     * @param rows the rows as they stand there, without the line that ends them
     */
    void copy(String sql, int line, Reader rows) throws SQLException, IOException;
}
