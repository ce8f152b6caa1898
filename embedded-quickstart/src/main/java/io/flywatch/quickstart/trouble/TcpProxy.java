package io.flywatch.quickstart.trouble;

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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands before a server on loopback and passes everything on. It can be made slow: then what clients send flows at a given rate,
 * over all connections together, while answers flow freely.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;
    private static final int SLICES_PER_SECOND = 20;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final ServerSocket server;
    private final String host;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong passed = new AtomicLong();
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile long bytesPerSecond;

    private TcpProxy(ServerSocket server, String host, int port) {
        this.server = server;
        this.host = host;
        this.port = port;
    }

    /** Starts on a free port before the given server. */
    public static TcpProxy start(String host, int port) {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()), host, port);
            Thread.ofPlatform().daemon().name("proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect. */
    public int port() {
        return server.getLocalPort();
    }

    /** From now on clients can send this much a second, all together; 0 for no limit. */
    public void limit(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** How many bytes clients have sent so far. */
    public long passed() {
        return passed.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // Closed, or a client that went before it was served.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket target = new Socket()) {
            sockets.add(client);
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
            target.connect(new InetSocketAddress(host, port), (int) CONNECT_LIMIT.toMillis());
            Thread back = Thread.ofVirtual().start(() -> passOn(target, client, false));
            passOn(client, target, true);
            back.join();
        } catch (IOException e) {
            // One side is gone; both sockets are closed, and the other side sees that.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(client);
        }
    }

    private void passOn(Socket from, Socket to, boolean paced) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (paced) {
                    writePaced(out, buffer, read);
                } else {
                    out.write(buffer, 0, read);
                }
            }
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writePaced(OutputStream out, byte[] buffer, int length) throws IOException, InterruptedException {
        int written = 0;
        while (written < length) {
            long limit = bytesPerSecond;
            int slice =
                    limit == 0 ? length - written : (int) Math.clamp(limit / SLICES_PER_SECOND, 1, length - written);
            out.write(buffer, written, slice);
            written += slice;
            passed.addAndGet(slice);
            if (limit > 0) {
                pause(Duration.ofNanos(slice * 1_000_000_000L / limit));
            }
        }
    }

    // One at a time, so that the limit holds for all connections together.
    private void pause(Duration duration) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            if (bytesPerSecond > 0) {
                Thread.sleep(duration);
            }
        } finally {
            turn.unlock();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing to do for it.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(TcpProxy::closeQuietly);
    }
}
