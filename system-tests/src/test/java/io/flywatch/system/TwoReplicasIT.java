package io.flywatch.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.ReplicationSetup;
import io.flywatch.system.stand.Waiting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two packaged processors share the tables of one pipeline, and the heartbeat comes to one of them. */
class TwoReplicasIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final double FRESH_SECONDS = 15;

    @Test
    void bothKnowThatAnIdleSourceIsWell() throws Exception {
        System.setProperty(
                "flywatch.home", Path.of("..").toAbsolutePath().normalize().toString());
        ReplicationSetup setup = new ReplicationSetup(
                Layout.target("two-replicas"),
                "postgresql",
                "postgresql",
                List.of(
                        "create table one (id bigint primary key)",
                        "create table two (id bigint primary key)",
                        "create table three (id bigint primary key)",
                        "create table four (id bigint primary key)",
                        "insert into one values (1)",
                        "insert into two values (1)",
                        "insert into three values (1)",
                        "insert into four values (1)"),
                List.of(),
                Map.of(),
                List.of());
        try (Replication replication = Replication.start(setup)) {
            replication.startProcessor("two").awaitReady(LIMIT);
            replication.awaitStreaming(LIMIT);
            Waiting.until(
                    LIMIT,
                    "both replicas hold tables",
                    () -> tables(replication, "one") > 0 && tables(replication, "two") > 0);
            write(replication);
            Waiting.until(LIMIT, "all is applied", () -> streamed(replication) == 4);

            for (String replica : List.of("one", "two")) {
                Waiting.until(LIMIT, replica + " is idle", () -> isIdle(replication.lag(replica)));
                assertThat(replication.lag(replica).path("stalenessSeconds").asDouble(Double.NaN))
                        .as("staleness of " + replica)
                        .isLessThan(FRESH_SECONDS);
            }
        }
    }

    private static void write(Replication replication) throws SQLException {
        try (Connection connection = replication.source();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("one", "two", "three", "four")) {
                statement.execute("insert into " + table + " values (2)");
            }
        }
    }

    private static int tables(Replication replication, String replica) throws InterruptedException {
        return replication.lag(replica).path("tables").size();
    }

    private static long streamed(Replication replication) throws InterruptedException {
        long streamed = 0;
        for (String replica : List.of("one", "two")) {
            for (JsonNode table : replication.lag(replica).path("tables")) {
                streamed += table.path("streamedRows").asLong();
            }
        }
        return streamed;
    }

    private static boolean isIdle(JsonNode lag) {
        return lag.path("state").asText().equalsIgnoreCase("idle");
    }
}
