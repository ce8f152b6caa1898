package io.flywatch.cdc;

import io.flywatch.cdc.apply.Target;

/** Opens the targets of one sort of database. */
public interface TargetKind {
    /** Whether it opens what a connection's URL names. */
    boolean takes(String url);

    /**
     * A database of a configured connection.
     *
     * @throws IllegalArgumentException if the URL can't be understood; the message says why, without the URL's parameters
     */
    Target open(String name, Connections.Connection connection, String database);
}
