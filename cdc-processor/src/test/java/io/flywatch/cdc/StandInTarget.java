package io.flywatch.cdc;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.flywatch.stack.MongoStandIn;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;

/** The stand-in behind a small proxy: cut off, the target is away, but it forgets nothing. */
final class StandInTarget implements AutoCloseable {
    private final MongoStandIn server;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final MongoClient direct;
    private volatile boolean away;

    StandInTarget(MongoStandIn server) {
        this.server = server;
        this.direct = MongoClients.create(server.uri());
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The way through the proxy. */
    String uri() {
        return "mongodb://127.0.0.1:" + door.getLocalPort();
    }

    MongoCollection<Document> collection(String name) {
        return direct.getDatabase("shop").getCollection(name);
    }

    void goAway() {
        away = true;
        open.forEach(StandInTarget::closeQuietly);
        open.clear();
    }

    void comeBack() {
        away = false;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (away) {
                    client.close();
                    continue;
                }
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server.port());
                open.add(client);
                open.add(behind);
                Thread.ofVirtual().start(() -> pump(client, behind));
                Thread.ofVirtual().start(() -> pump(behind, client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException cut) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            Thread.yield();
        }
    }

    @Override
    public void close() {
        goAway();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        direct.close();
        server.close();
    }
}
