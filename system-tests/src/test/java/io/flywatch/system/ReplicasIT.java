package io.flywatch.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.ReplicationSetup;
import io.flywatch.system.stand.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Three packaged processors and one pipeline of a table and a heartbeat: each comes to another of them, and the third has nothing. */
class ReplicasIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final double FRESH_SECONDS = 15;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void knowTogetherThatAnIdleSourceIsWell() throws Exception {
        System.setProperty(
                "flywatch.home", Path.of("..").toAbsolutePath().normalize().toString());
        ReplicationSetup setup = new ReplicationSetup(
                Layout.target("replicas"),
                "postgresql",
                "postgresql",
                List.of("create table orders (id bigint primary key)", "insert into orders values (1), (2)"),
                List.of(),
                Map.of(),
                List.of("-Xmx256m"));
        try (Replication replication = Replication.start(setup)) {
            replication.awaitStreaming(LIMIT);
            replication.startProcessor("two").awaitReady(LIMIT);
            replication.startProcessor("three").awaitReady(LIMIT);

            Waiting.until(LIMIT, "one is idle with the table, one with the heartbeat, and one has nothing", () -> {
                Map<String, Integer> said = new HashMap<>();
                for (String replica : List.of("one", "two", "three")) {
                    JsonNode lag = replication.lag(replica);
                    boolean fresh = lag.path("stalenessSeconds").asDouble(Double.NaN) < FRESH_SECONDS;
                    String what = lag.path("tables").path(0).path("held").asInt(-1)
                            + (fresh ? " fresh " : " ")
                            + lag.path("state").asText().toLowerCase(java.util.Locale.ROOT);
                    said.merge(what, 1, Integer::sum);
                }
                return said.equals(Map.of("1 fresh idle", 1, "0 fresh idle", 1, "0 unmeasured", 1));
            });
            Waiting.until(LIMIT, "the gate knows the staleness", () -> holds(replication, "staleness"));
            assertThat(replication.runState().path("state").asText()).isEqualToIgnoringCase("running");
        }
    }

    private static boolean holds(Replication replication, String condition) throws InterruptedException {
        URI gate = replication.run().resolve("/api/v1/migrations/" + replication.pipeline() + "/gate");
        try (HttpClient http = HttpClient.newHttpClient()) {
            JsonNode answer = JSON.readTree(http.send(
                            HttpRequest.newBuilder(gate)
                                    .header("Accept", "application/json")
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
            for (JsonNode each : answer.path("conditions")) {
                if (each.path("name").asText().equals(condition)) {
                    return each.path("verdict").asText().equals("holds");
                }
            }
            return false;
        } catch (IOException notNow) {
            return false;
        }
    }
}
