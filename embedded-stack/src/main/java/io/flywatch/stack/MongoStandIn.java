package io.flywatch.stack;

import de.bwaldvogel.mongo.MongoServer;
import io.flywatch.stack.ordered.OrderedBackend;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Speaks MongoDB's protocol and keeps everything in memory. It is not MongoDB: no transactions, no updates by pipeline, no
 * validation, and it knows nothing of replica sets. Good enough to see data arrive.
 */
public final class MongoStandIn implements AutoCloseable {

    private static final Quiet QUIET = Quiet.silent("de.bwaldvogel.mongo");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

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
        MongoServer server = new MongoServer(new OrderedBackend());
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

    /** Waits for no command that is at work: one may take minutes, as the server looks at whole collections. */
    @Override
    public void close() {
        Thread closing = Thread.ofPlatform().daemon().name("mongo-end").start(server::shutdownNow);
        try {
            closing.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
