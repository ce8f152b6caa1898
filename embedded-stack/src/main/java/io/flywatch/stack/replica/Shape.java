package io.flywatch.stack.replica;

/** What a server says that it is; its clients act upon it. */
public enum Shape {
    /** The primary of a replica set of one member. */
    REPLICA_SET,
    /** A router of a sharded cluster. */
    MONGOS,
    /** A server alone: sessions and updates by pipeline, and no transactions. */
    STANDALONE;

    boolean hasTransactions() {
        return this != STANDALONE;
    }
}
