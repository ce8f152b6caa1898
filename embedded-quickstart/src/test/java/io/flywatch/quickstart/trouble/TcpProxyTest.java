package io.flywatch.quickstart.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private ServerSocket server;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::echo);
        proxy = TcpProxy.start("127.0.0.1", server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    private void echo() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException e) {
                // The test is over, or its connection.
            }
        }
    }

    @Test
    void passesEverythingOnAndCountsIt() throws IOException {
        byte[] answer = send(200_000);

        assertThat(answer).hasSize(200_000);
        assertThat(proxy.passed()).isEqualTo(200_000);
    }

    @Test
    void letsThroughNoMoreThanTheLimit() throws IOException {
        proxy.limit(20_000);
        long began = System.nanoTime();

        byte[] answer = send(10_000);

        assertThat(answer).hasSize(10_000);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(400));
    }

    @Test
    void endsTheOtherSideWhenOneSideEnds() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            socket.getOutputStream().write(1);
            assertThat(socket.getInputStream().read()).isEqualTo(1);

            socket.shutdownOutput();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private byte[] send(int bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(new byte[bytes]);
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            return socket.getInputStream().readAllBytes();
        }
    }
}
