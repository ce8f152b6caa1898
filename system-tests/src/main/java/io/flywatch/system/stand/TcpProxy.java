package io.flywatch.system.stand;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server on loopback that can be slow, silent or cut. */
public final class TcpProxy implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    private final ServerSocket door;
    private final int behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean swallowing;
    private volatile boolean closed;

    private TcpProxy(ServerSocket door, int behind) {
        this.door = door;
        this.behind = behind;
        Thread.ofVirtual().start(this::accept);
    }

    /** A way to the server at that port. */
    public static TcpProxy to(int port) {
        try {
            return new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect. */
    public int port() {
        return door.getLocalPort();
    }

    /** Everything that passes waits this long, both ways. */
    public void delay(Duration each) {
        delay = each;
    }

    /** Bytes get lost: connections stay open and nothing arrives any more. */
    public void swallow() {
        swallowing = true;
    }

    /** Connections are reset, and new ones, too. */
    public void cut() {
        closed = true;
        reset();
    }

    /** The connections that are open now are reset; new ones pass. */
    public void reset() {
        open.forEach(TcpProxy::abort);
        open.clear();
    }

    /** As if nothing had been; connections whose bytes were lost are reset. */
    public void mend() {
        delay = Duration.ZERO;
        closed = false;
        if (swallowing) {
            swallowing = false;
            reset();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (closed) {
                    abort(client);
                } else {
                    join(client);
                }
            } catch (IOException notNow) {
                Thread.onSpinWait();
            }
        }
    }

    private void join(Socket client) throws IOException {
        Socket server = new Socket();
        open.add(client);
        open.add(server);
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), behind));
        } catch (IOException away) {
            abort(client);
            throw away;
        }
        Thread.ofVirtual().start(() -> pump(client, server));
        Thread.ofVirtual().start(() -> pump(server, client));
    }

    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (delay.isPositive()) {
                    Thread.sleep(delay);
                }
                if (!swallowing) {
                    out.write(chunk, 0, read);
                }
            }
        } catch (IOException cut) {
            abort(from);
            abort(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void abort(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        cut();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
