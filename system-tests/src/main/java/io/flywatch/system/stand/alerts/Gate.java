package io.flywatch.system.stand.alerts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server on loopback that can be shut, for those who are on it, too. */
public final class Gate implements AutoCloseable {

    private final ServerSocket door;
    private final int to;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;

    private Gate(ServerSocket door, int to) {
        this.door = door;
        this.to = to;
    }

    /** Opens a way to a port. */
    public static Gate to(int port) throws IOException {
        Gate gate = new Gate(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), port);
        Thread.ofVirtual().start(gate::accept);
        return gate;
    }

    /** Where it begins. */
    public int port() {
        return door.getLocalPort();
    }

    /** Nobody comes through, and whoever is on the way is thrown out. */
    public void shut() {
        shut = true;
        open.forEach(Gate::end);
    }

    /** Everybody comes through again. */
    public void open() {
        shut = false;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket from = door.accept();
                if (shut) {
                    end(from);
                } else {
                    Socket there = new Socket(InetAddress.getLoopbackAddress(), to);
                    from.setTcpNoDelay(true);
                    there.setTcpNoDelay(true);
                    open.add(from);
                    open.add(there);
                    Thread.ofVirtual().start(() -> carry(from, there));
                    Thread.ofVirtual().start(() -> carry(there, from));
                }
            } catch (IOException e) {
                // The door was closed, or nobody is behind it.
            }
        }
    }

    private void carry(Socket from, Socket there) {
        try (InputStream in = from.getInputStream();
                OutputStream out = there.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // One of the two has gone.
        } finally {
            end(from);
            end(there);
            open.remove(from);
            open.remove(there);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        shut();
    }
}
