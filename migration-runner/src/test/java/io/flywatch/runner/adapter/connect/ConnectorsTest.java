package io.flywatch.runner.adapter.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.flywatch.kit.connect.ConnectClient;
import io.flywatch.runner.Connections;
import io.flywatch.runner.migration.ReplicationMigration;
import io.flywatch.runner.run.RunFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectorsTest {
    private static final Connections SOURCE = () -> Map.of("source", new Postgres());
    private static final ReplicationMigration SHOP = new ReplicationMigration(
            "shop",
            "",
            new ReplicationMigration.Source(
                    "source", List.of("public.orders"), ReplicationMigration.Heartbeat.NONE, Map.of()),
            new ReplicationMigration.Target("target", "shop"),
            1,
            null);

    private record Postgres() implements Connections.Settings {
        @Override
        public String url() {
            return "jdbc:postgresql://127.0.0.1:5432/shop";
        }

        @Override
        public Optional<String> username() {
            return Optional.of("flywatch");
        }

        @Override
        public Optional<String> password() {
            return Optional.empty();
        }
    }

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void namesTheMissingPluginAndWhereToPutIt() {
        answer("/connector-plugins", "[{\"class\":\"org.apache.kafka.connect.mirror.MirrorSourceConnector\"}]");

        assertThatThrownBy(() -> connectors().check(SHOP, List.of("public.orders")))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("does not have the plugin io.debezium.connector.postgresql.PostgresConnector")
                .hasMessageContaining("Put Debezium's connector for this source on its plugin.path and restart it.");
    }

    @Test
    void saysWhereKafkaConnectDoesNotAnswer() {
        server.stop(0);

        assertThatThrownBy(() -> connectors().check(SHOP, List.of("public.orders")))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void leavesOutWhatTheLogDoesNotCarryBesidesWhatTheMigrationLeavesOut() {
        assertThat(settings(Map.of(), List.of())).doesNotContainKey("column.exclude.list");
        assertThat(settings(Map.of(), List.of("public.Order Items.b")))
                .containsEntry("column.exclude.list", "public\\.Order\\ Items\\.b");
        assertThat(settings(Map.of("column.exclude.list", "public.a.b"), List.of("public.orders.b")))
                .containsEntry("column.exclude.list", "public.a.b,public\\.orders\\.b");
        assertThat(settings(Map.of("column.include.list", "public.a.b"), List.of("public.orders.b")))
                .doesNotContainKey("column.exclude.list");
    }

    private static Map<String, String> settings(Map<String, String> connector, List<String> unlogged) {
        ReplicationMigration migration = new ReplicationMigration(
                "shop",
                "",
                new ReplicationMigration.Source(
                        "source", List.of("public.orders"), ReplicationMigration.Heartbeat.NONE, connector),
                new ReplicationMigration.Target("target", "shop"),
                1,
                null);
        return DebeziumSettings.of(migration, List.of("public.orders"), unlogged, null, null, SOURCE, "127.0.0.1:9092");
    }

    private Connectors connectors() {
        ObjectMapper json = new ObjectMapper();
        ConnectClient client =
                new ConnectClient("http://127.0.0.1:" + server.getAddress().getPort(), json);
        return new Connectors(client, new ConnectorOffsets(client, json), SOURCE, Optional.empty(), "127.0.0.1:9092");
    }

    private void answer(String path, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
