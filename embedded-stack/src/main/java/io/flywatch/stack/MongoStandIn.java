package io.flywatch.stack;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;

/**
 * Speaks MongoDB's protocol and keeps everything in memory. It is not MongoDB: no transactions, no updates by pipeline, no
 * validation, and it knows nothing of replica sets. Good enough to see data arrive.
 */
public final class MongoStandIn implements AutoCloseable {

    private static final Quiet QUIET = Quiet.silent("de.bwaldvogel.mongo");

    private final MongoServer server;
    private final InetSocketAddress address;

    private MongoStandIn(MongoServer server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
    }

    /** Starts an empty server on a free port. */
    public static MongoStandIn start() {
        return start(0);
    }

    /** Starts an empty server on the given port of loopback, 0 for a free one. */
    public static MongoStandIn start(int port) {
        QUIET.apply();
        MongoServer server = new MongoServer(new MemoryBackend());
        server.bind("127.0.0.1", port);
        return new MongoStandIn(server, server.getLocalAddress());
    }

    /** The connection string, without a database. */
    public String uri() {
        return "mongodb://127.0.0.1:" + port();
    }

    /** Where clients connect. */
    public int port() {
        return address.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
