package io.flywatch.runner.adapter.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.flywatch.kit.connect.ConnectClient;
import io.flywatch.runner.TestMetrics;
import io.flywatch.runner.replication.ConnectorSight;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestarterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> told = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer connect;

    @BeforeEach
    void start() throws IOException {
        connect = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        connect.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        connect.start();
    }

    @AfterEach
    void stop() {
        connect.stop(0);
    }

    @Test
    void asksKafkaConnectForWhatFailedAloneAndTellsWhenTheNextComes() {
        Restarter restarter = restarter();
        ConnectorSight failed = new ConnectorSight.Failed("boom");

        String first = restarter.see(failed, NOW);
        String second = restarter.see(failed, NOW.plusSeconds(5));

        assertThat(first).contains("restart 1 of 10 at 2026-11-22T20:00:05Z");
        assertThat(second).contains("restart 1 of 10 was asked for");
        assertThat(asked).containsExactly("POST /connectors/flywatch-shop/restart?includeTasks=true&onlyFailed=true");
        assertThat(told).containsExactly("1 the connector failed: boom 2026-11-22T20:00:05Z");
        assertThat(restarter.see(new ConnectorSight.Running(1), NOW.plusSeconds(6)))
                .isEmpty();
    }

    @Test
    void outlivesAKafkaConnectThatDoesNotAnswer() {
        Restarter restarter = restarter();
        connect.stop(0);

        restarter.see(new ConnectorSight.Failed("boom"), NOW);

        assertThat(restarter.see(new ConnectorSight.Failed("boom"), NOW.plusSeconds(5)))
                .contains("restart 1 of 10");
        assertThat(told).isEmpty();
    }

    @Test
    void goesOnWhenARestartCanNotBeTold() {
        Restarter restarter = restarter((attempt, reason, at) -> {
            throw new IllegalStateException("the control database is away");
        });

        restarter.see(new ConnectorSight.Failed("boom"), NOW);

        assertThat(restarter.see(new ConnectorSight.Failed("boom"), NOW.plusSeconds(5)))
                .contains("was asked for");
    }

    private Restarter restarter() {
        return restarter((attempt, reason, at) -> told.add(attempt + " " + reason + " " + at));
    }

    private Restarter restarter(Restarter.Teller teller) {
        ObjectMapper json = new ObjectMapper();
        ConnectClient client =
                new ConnectClient("http://127.0.0.1:" + connect.getAddress().getPort(), json);
        Connectors connectors =
                new Connectors(client, new ConnectorOffsets(client, json), Map::of, Optional.empty(), "127.0.0.1:9092");
        return new Restarter(connectors, TestMetrics.fresh(), "shop", teller);
    }
}
