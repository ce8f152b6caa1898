package io.flywatch.alerts.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "192.0.0.8",
                "224.0.0.1",
                "255.255.255.255",
                "[::1]",
                "[::]",
                "[fe80::1]",
                "[fc00::1]",
                "[fd12:3456::1]",
                "[ff02::1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:10.0.0.1]",
                "localhost",
                "2130706433"
            })
    void keepsOutOfItsOwnNetworks(String host) {
        assertThatExceptionOfType(Reach.ForbiddenAddressException.class).isThrownBy(() -> Reach.PUBLIC.resolve(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"93.184.215.14", "8.8.8.8", "172.32.0.1", "100.128.0.1", "[2606:4700::1111]"})
    void reachesTheInternet(String host) throws Exception {
        assertThat(Reach.PUBLIC.resolve(host)).isNotNull();
    }

    @Test
    void connectsToTheAddressThatWasCheckedWhateverTheNameLeadsToByThen() throws Exception {
        InetAddress checked = InetAddress.getByAddress("rebound.example", new byte[] {93, (byte) 184, (byte) 215, 14});

        RequestOptions options = JsonPost.options(URI.create("https://rebound.example/a?b=c"), Map.of(), checked);

        assertThat(options.getServer().hostAddress()).isEqualTo("93.184.215.14");
        assertThat(options.getHost()).isEqualTo("rebound.example");
        assertThat(options.getURI()).isEqualTo("/a?b=c");
        assertThat(options.getFollowRedirects()).isFalse();
        assertThat(options.isSsl()).isTrue();
    }
}
