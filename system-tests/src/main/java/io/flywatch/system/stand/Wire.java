package io.flywatch.system.stand;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a server on loopback and passes everything on, until it is cut: then each connection ends, and none is made. */
public final class Wire implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final ServerSocket door;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private Wire(ServerSocket door, int port) {
        this.door = door;
        this.port = port;
    }

    /** Starts on a free port before the server on that port of loopback. */
    public static Wire before(int port) {
        try {
            Wire wire = new Wire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
            thread("wire", wire::accept);
            return wire;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect. */
    public int port() {
        return door.getLocalPort();
    }

    /** From now on the server is out of reach. */
    public void cut() {
        cut = true;
        open.forEach(Wire::end);
    }

    /** From now on it is in reach again. */
    public void mend() {
        cut = false;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (cut) {
                    end(client);
                } else {
                    join(client);
                }
            } catch (IOException e) {
                // The server is away, or this wire is closed.
            }
        }
    }

    private void join(Socket client) throws IOException {
        open.add(client);
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
            open.add(server);
            thread("wire-in", () -> pass(client, server));
            thread("wire-out", () -> pass(server, client));
        } catch (IOException e) {
            end(client);
            open.remove(client);
            throw e;
        }
        if (cut) {
            open.forEach(Wire::end);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // One side has gone; the other is closed with it.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed, then.
        }
    }

    private static void thread(String name, Runnable work) {
        Thread.ofPlatform().name(name).daemon(true).start(work);
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            // It is closed, then.
        }
        cut();
    }
}
