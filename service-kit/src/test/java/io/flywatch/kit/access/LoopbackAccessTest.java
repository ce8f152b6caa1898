package io.flywatch.kit.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackAccessTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost, true",
        "127.0.0.1, LOCALHOST, true",
        "127.8.8.8, 127.0.0.1, true",
        "::1, localhost, true",
        "127.0.0.1, evil.example, false",
        "192.168.1.7, localhost, false",
        "10.0.0.1, 127.0.0.1, false",
        "128.0.0.1, localhost, false",
    })
    void grantsOnlyWhatComesFromLoopbackToLoopback(String remote, String host, boolean granted) {
        assertThat(LoopbackAccess.isLoopback(
                        SocketAddress.inetSocketAddress(1234, remote), HostAndPort.create(host, 8080)))
                .isEqualTo(granted);
    }

    @ParameterizedTest
    @CsvSource("127.0.0.1")
    void grantsNothingWithoutAHost(String remote) {
        assertThat(LoopbackAccess.isLoopback(SocketAddress.inetSocketAddress(1234, remote), null))
                .isFalse();
    }
}
