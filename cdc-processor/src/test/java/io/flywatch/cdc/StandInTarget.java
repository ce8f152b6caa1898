package io.flywatch.cdc;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCredential;
import com.mongodb.ServerAddress;
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
import org.jspecify.annotations.Nullable;

/** The stand-in, or a real server, behind a small proxy: cut off, the target is away, but it forgets nothing. */
final class StandInTarget implements AutoCloseable {
    private final ConnectionString server;
    private final AutoCloseable owned;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final MongoClient direct;
    private volatile boolean away;

    private StandInTarget(String uri, AutoCloseable owned) {
        this.server = new ConnectionString(uri);
        this.owned = owned;
        this.direct = MongoClients.create(uri);
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The server of this connection string, which must name a primary; without one the stand-in. */
    static StandInTarget start(@Nullable String uri) {
        if (uri != null && !uri.isBlank()) {
            return new StandInTarget(uri, () -> {});
        }
        MongoStandIn standIn = MongoStandIn.start();
        return new StandInTarget(standIn.uri(), standIn);
    }

    /** The way through the proxy, and through it alone. */
    String uri() {
        MongoCredential login = server.getCredential();
        char[] password = login == null ? null : login.getPassword();
        String user = login == null || password == null ? "" : login.getUserName() + ":" + new String(password) + "@";
        return "mongodb://" + user + "127.0.0.1:" + door.getLocalPort() + "/?directConnection=true";
    }

    private Socket behind() throws IOException {
        ServerAddress address = new ServerAddress(server.getHosts().getFirst());
        return new Socket(address.getHost(), address.getPort());
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
                Socket behind = behind();
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
        try {
            owned.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
