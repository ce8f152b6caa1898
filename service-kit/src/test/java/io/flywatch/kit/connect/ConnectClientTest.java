package io.flywatch.kit.connect;

import static com.github.tomakehurst.wiremock.client.WireMock.*;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectClientTest {

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    private ConnectClient client;

    @BeforeEach
    void start() {
        server.start();
        client = new ConnectClient("http://127.0.0.1:" + server.port() + "/", new ObjectMapper());
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void readsTheStateOfAConnectorWithAFailedTask() {
        server.stubFor(get("/connectors/shop/status").willReturn(okJson("""
                        {"name":"shop","connector":{"state":"RUNNING","worker_id":"w","version":"3"},"type":"source",
                         "tasks":[{"id":0,"state":"FAILED","worker_id":"w","trace":"java.lang.X: boom\\n\\tat y"}]}""")));

        ConnectorStatus status = client.status("shop").orElseThrow();

        assertThat(status.running()).isFalse();
        assertThat(status.failed()).isTrue();
        assertThat(status.firstTrace()).contains("java.lang.X: boom");
    }

    @Test
    void doesNotCallAConnectorWithoutTasksRunning() {
        server.stubFor(get("/connectors/shop/status")
                .willReturn(okJson("{\"name\":\"shop\",\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[]}")));

        assertThat(client.status("shop").orElseThrow().running()).isFalse();
    }

    @Test
    void takesAMissingConnectorAsAnAnswer() {
        server.stubFor(any(anyUrl()).willReturn(jsonResponse("{\"error_code\":404,\"message\":\"none\"}", 404)));

        assertThat(client.status("shop")).isEmpty();
        client.delete("shop");
    }

    @Test
    void namesTheFieldsThatValidationRefuses() {
        server.stubFor(put(urlEqualTo("/connector-plugins/X/config/validate")).willReturn(okJson("""
                        {"configs":[{"value":{"name":"database.password","errors":["password authentication failed"]}},
                                    {"value":{"name":"database.user","errors":[]}}]}""")));

        assertThat(client.validate("X", Map.of("a", "b")))
                .containsExactly("database.password: password authentication failed");
    }

    @Test
    void carriesConnectsOwnMessageWhenItRefuses() {
        server.stubFor(put(urlEqualTo("/connectors/shop/config"))
                .willReturn(jsonResponse("{\"error_code\":400,\"message\":\"Failed to find any class\"}", 400)));

        assertThatThrownBy(() -> client.put("shop", Map.of()))
                .isInstanceOf(ConnectRefusedException.class)
                .hasMessage("Failed to find any class");
    }

    @Test
    void saysWhereNobodyAnswers() {
        server.stop();

        assertThatThrownBy(client::plugins)
                .isInstanceOf(ConnectUnreachableException.class)
                .hasMessageContaining("Kafka Connect does not answer at http://127.0.0.1:");
    }
}
