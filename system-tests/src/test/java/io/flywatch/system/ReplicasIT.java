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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Three packaged processors and one pipeline of a table and a heartbeat: each comes to another of them, and the third has nothing. */
class ReplicasIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final double FRESH_SECONDS = 15;
    private static final List<String> SPREAD_OUT = List.of(
            "idle",
            "fresh",
            List.of("[]", "[flywatch.heartbeat]", "[public.orders]").toString());
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

            Waiting.until(LIMIT, "each of them says the same of all: idle, fresh, and who holds what", () -> {
                Set<List<String>> said = new HashSet<>();
                for (String replica : List.of("one", "two", "three")) {
                    said.add(said(replication.lag(replica)));
                }
                return said.size() == 1 && said.iterator().next().equals(SPREAD_OUT);
            });
            Waiting.until(LIMIT, "the gate knows the staleness", () -> holds(replication, "staleness"));
            assertThat(replication.runState().path("state").asText()).isEqualToIgnoringCase("running");

            replication.killProcessor("three");
            Waiting.until(LIMIT, "the killed one is told to be silent, and another has what it held", () -> {
                JsonNode lag = replication.lag("one");
                return lag.path("unheld").isArray()
                        && lag.path("unheld").isEmpty()
                        && lag.path("partitions").asInt() == 2
                        && lag.path("replicas").size() == 3
                        && lag.findValues("silent").stream()
                                        .filter(JsonNode::asBoolean)
                                        .count()
                                == 1;
            });
        }
    }

    /** State, whether it is fresh, and how many partitions the replicas hold, each. */
    private static List<String> said(JsonNode lag) {
        boolean fresh = lag.path("stalenessSeconds").asDouble(Double.NaN) < FRESH_SECONDS;
        List<String> held = new ArrayList<>();
        lag.path("replicas")
                .forEach(replica ->
                        held.add(replica.path("holds").findValuesAsText("table").toString()));
        held.sort(null);
        return List.of(lag.path("state").asText().toLowerCase(Locale.ROOT), fresh ? "fresh" : "stale", held.toString());
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
