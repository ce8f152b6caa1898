package io.flywatch.stack.replica;

import io.flywatch.stack.MongoStandIn;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for a replica set of MongoDB: speaks its protocol to drivers and keeps the data in a {@link MongoStandIn}, which has
 * neither sessions nor transactions nor updates by pipeline; those are made here. It is for tests of what a client does, and it is not
 * MongoDB.
 *
 * <p>As the real server: transactions with snapshots, write conflicts (112) between them, waiting of other writers, {@code
 * NoSuchTransaction} after an end, time limit and {@code endSessions}; a transaction whose client is gone stays open until the time
 * limit; the first error ends it; what may not be done in one is refused (263); writes with a number are done once and answered again;
 * error labels by the specifications of transactions and retryable writes; updates by {@code $set $unset $project $replaceWith};
 * validators made of query operators (121); {@code failCommand}; a primary that steps down; if asked for, change streams of a
 * collection, a database or all, with resume tokens and documents that are looked up when an update is told.
 *
 * <p>Not as the real server: one member, so nothing is ever rolled back and secondaries can't be read; one command at a time; change
 * streams that tell nothing of collections that are dropped or renamed, nothing of {@code $out} and {@code $merge}, and no
 * pre-images; no upsert by pipeline, no JSON Schema, no {@code explain}, no access control, no streamed {@code hello}; a collection that
 * was created by a transaction stays when that is aborted; {@code $out} and {@code $merge} are seen by transactions that are open; a
 * cursor holds its whole result in memory.
 */
public final class ReplicaSetStandIn implements AutoCloseable {
    /** After this long the real server ends a transaction, if not told otherwise. */
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    private final MongoStandIn behind;
    private final Backend backend;
    private final ServerSocket door;
    private final Shape shape;
    private final FailPoints failPoints = new FailPoints();
    private final Host host;
    private final Set<Socket> lines = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    private ReplicaSetStandIn(Shape shape, Duration lifetime, boolean keepsLog) {
        this.shape = shape;
        this.behind = MongoStandIn.start();
        this.backend = new Backend(behind.port());
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Term term = new Term();
        Greeting greeting = new Greeting(shape, "127.0.0.1:" + door.getLocalPort(), term);
        this.host = new Host(shape, lifetime, greeting, term, failPoints, backend, keepsLog);
        Thread.ofPlatform().name("mongo-stand-in").daemon(true).start(this::accept);
    }

    /** Starts an empty primary on a free port. */
    public static ReplicaSetStandIn start() {
        return start(Shape.REPLICA_SET, LIFETIME);
    }

    /** Starts an empty server on a free port, whose transactions live for so long. */
    public static ReplicaSetStandIn start(Shape shape, Duration lifetime) {
        return new ReplicaSetStandIn(shape, lifetime, false);
    }

    /** Starts an empty primary whose changes can be followed by change streams; its writes are slower for that. */
    public static ReplicaSetStandIn startWithChangeStreams() {
        return new ReplicaSetStandIn(Shape.REPLICA_SET, LIFETIME, true);
    }

    /** The connection string, without a database. */
    public String uri() {
        return "mongodb://127.0.0.1:" + port() + (shape == Shape.REPLICA_SET ? "/?replicaSet=stand-in" : "");
    }

    /** Where clients connect. */
    public int port() {
        return door.getLocalPort();
    }

    /** Makes commands fail, beside those that fail already. */
    public void fail(FailPoint point) {
        failPoints.add(point);
    }

    /** Nothing fails any more. */
    public void heal() {
        failPoints.clear();
    }

    /** Whether each fault that was set has struck as often as it was to. */
    public boolean hasFailed() {
        return failPoints.areSpent();
    }

    /** How often each command came, by its name and its namespace with a blank in between: {@code update test.things}. */
    public Map<String, Integer> asked() {
        return new TreeMap<>(asked);
    }

    /** The primary steps down: all transactions are lost and all lines are cut; after that time there is a primary again. */
    public void stepDown(Duration away) {
        host.stepDown(away);
        cut();
    }

    /** What was changed until now can't be followed any more, as if the oplog were too small. */
    public void forgetChanges() {
        host.forget();
    }

    /** Closes all lines, whatever is under way on them. */
    public void cut() {
        lines.forEach(ReplicaSetStandIn::close);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket line = door.accept();
                lines.add(line);
                Thread.ofPlatform().name("mongo-stand-in-line").daemon(true).start(() -> serve(line));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket line) {
        try (line;
                DataInputStream in = new DataInputStream(new BufferedInputStream(line.getInputStream(), 1 << 16));
                OutputStream out = new BufferedOutputStream(line.getOutputStream(), 1 << 16)) {
            line.setTcpNoDelay(true);
            serve(in, out);
        } catch (IOException | UncheckedIOException e) {
            // the line was cut, or the server behind has ended
        } finally {
            lines.remove(line);
        }
    }

    private void serve(DataInputStream in, OutputStream out) throws IOException {
        String appName = "";
        for (Wire.Message message = Wire.read(in); message != null; message = Wire.read(in)) {
            Command command = new Command(Clock.in(message.document()));
            appName = appName(command, appName);
            asked.merge(command.name() + " " + command.namespace(), 1, Integer::sum);
            @Nullable BsonDocument answer = host.answer(command, appName);
            if (answer == null) {
                return;
            }
            if (message.answered()) {
                Wire.answer(out, message, answer);
            }
        }
    }

    /** A driver tells its name with its first greeting. */
    private static String appName(Command command, String known) {
        BsonDocument client = command.body().getDocument("client", new BsonDocument());
        return client.isDocument("application")
                ? client.getDocument("application")
                        .getString("name", new BsonString(""))
                        .getValue()
                : known;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed then
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
        backend.close();
        behind.close();
    }
}
