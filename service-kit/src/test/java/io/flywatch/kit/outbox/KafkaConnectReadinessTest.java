package io.flywatch.kit.outbox;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import io.flywatch.kit.connect.ConnectClient;
import java.lang.reflect.Proxy;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaConnectReadinessTest {
    private static final String CONNECTOR = "/connectors/flywatch-outbox-runner";

    private final WireMockServer kafkaConnect =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        kafkaConnect.start();
    }

    @AfterEach
    void stop() {
        kafkaConnect.stop();
    }

    @Test
    void registersTheMissingConnectorAndIsReadyOnceItRuns() {
        OutboxKeeper keeper = keeper();
        kafkaConnect.stubFor(get(anyUrl()).willReturn(jsonResponse("{\"message\":\"no such connector\"}", 404)));
        kafkaConnect.stubFor(put(anyUrl()).willReturn(okJson("{}")));

        keeper.keep();
        HealthCheckResponse before = readiness(keeper);
        answer(kafkaConnect, "RUNNING", "");
        keeper.keep();

        kafkaConnect.verify(putRequestedFor(urlEqualTo(CONNECTOR + "/config")));
        assertThat(before.getStatus()).isEqualTo(Status.DOWN);
        assertThat(readiness(keeper).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void namesKafkaConnectWhileItIsAwayAndRecoversByItself() {
        OutboxKeeper keeper = keeper();
        int port = kafkaConnect.port();
        kafkaConnect.stop();

        keeper.keep();
        HealthCheckResponse away = readiness(keeper);
        WireMockServer back = new WireMockServer(wireMockConfig().port(port).bindAddress("127.0.0.1"));
        back.start();
        try {
            answer(back, "RUNNING", "");
            keeper.keep();
        } finally {
            back.stop();
        }

        assertThat(away.getName()).isEqualTo("kafka-connect");
        assertThat(away.getStatus()).isEqualTo(Status.DOWN);
        assertThat(reason(away)).isEqualTo("Kafka Connect does not answer at http://127.0.0.1:" + port);
        assertThat(readiness(keeper).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void tellsWhyTheConnectorFailed() {
        OutboxKeeper keeper = keeper();
        answer(kafkaConnect, "FAILED", "java.lang.X: the slot is gone");

        keeper.keep();

        assertThat(readiness(keeper).getStatus()).isEqualTo(Status.DOWN);
        assertThat(reason(readiness(keeper))).contains("FAILED").contains("the slot is gone");
    }

    private static void answer(WireMockServer server, String state, String trace) {
        server.stubFor(get(urlEqualTo(CONNECTOR + "/status")).willReturn(okJson("""
                        {"name":"x","connector":{"state":"%s","trace":"%s"},"tasks":[{"id":0,"state":"RUNNING"}]}""".formatted(state, trace))));
    }

    private ConnectClient client() {
        return new ConnectClient("http://127.0.0.1:" + kafkaConnect.port(), new ObjectMapper());
    }

    private OutboxKeeper keeper() {
        // The database is asked at start only.
        DataSource none = (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("the database is asked at start only");
                });
        return new OutboxKeeper(
                client(),
                none,
                new RunnerOutbox(),
                "jdbc:postgresql://127.0.0.1/flywatch",
                new OutboxCredentials("me", "secret"));
    }

    private static String reason(HealthCheckResponse response) {
        return response.getData()
                .map(data -> String.valueOf(data.get("reason")))
                .orElse("");
    }

    private static HealthCheckResponse readiness(OutboxKeeper keeper) {
        return new KafkaConnectReadiness(keeper, new ConnectClient("http://127.0.0.1:1", new ObjectMapper())).call();
    }

    private static final class RunnerOutbox implements OutboxConfig {
        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public String schema() {
            return "runner";
        }

        @Override
        public Optional<String> databaseHost() {
            return Optional.empty();
        }

        @Override
        public Optional<Integer> databasePort() {
            return Optional.empty();
        }
    }
}
