package io.flywatch.system.bench.lag;

import com.fasterxml.jackson.databind.JsonNode;
import io.flywatch.system.bench.Bench;
import io.flywatch.system.bench.Table;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.ReplicationSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The lag of every change while a steady load runs, by stage, with everything real from the source's commit on. */
public final class LagBench implements Bench {

    @Override
    public String name() {
        return "lag";
    }

    @Override
    public String about() {
        return "lag by stage under a steady load (--rates 200,1000,2000 changes/s; --target mongodb|postgresql; --seconds 60;"
                + " --warmup 40; --connector key=value,...)";
    }

    @Override
    public Table run(Arguments arguments) throws Exception {
        String kind = arguments.text("target", "mongodb");
        int seconds = (int) Math.min(60, arguments.number("seconds", 60));
        int warmup = (int) arguments.number("warmup", 40);
        List<List<String>> rows = new ArrayList<>();
        ReplicationSetup setup = new ReplicationSetup(
                Layout.target("bench-lag"),
                "postgresql",
                kind,
                SteadyLoad.SCHEMA,
                List.of(),
                settings(arguments.text("connector", "")),
                List.of("-Xmx512m", "-XX:+UseSerialGC"));
        try (Replication replication = Replication.start(setup)) {
            replication.awaitStreaming(Duration.ofMinutes(3));
            for (String rate : arguments.text("rates", "200,1000").split(",", -1)) {
                try (SteadyLoad load = SteadyLoad.start(replication, Integer.parseInt(rate.trim()))) {
                    TimeUnit.SECONDS.sleep(rows.isEmpty() ? warmup + seconds : 10 + seconds);
                    rows.addAll(rows(load.perSecond(), replication.lag("one")));
                }
            }
        }
        return new Table(
                "Lag, PostgreSQL to " + kind,
                List.of("changes/s", "stage", "median", "99th percentile", "longest", "changes"),
                rows,
                List.of(
                        "Every change of the last " + seconds
                                + " s of each rate (at most the last minute), each transaction changes"
                                + " one to three rows of three tables; percentiles of stages don't add up to that of the whole.",
                        "Source, broker, Kafka Connect with Debezium, runner, processor"
                                + (kind.equals("mongodb") ? " and the stand-in for MongoDB" : " and target")
                                + " on the one machine."));
    }

    private static Map<String, String> settings(String pairs) {
        Map<String, String> settings = new HashMap<>();
        for (String pair : pairs.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                settings.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return settings;
    }

    private static List<List<String>> rows(double perSecond, JsonNode lag) {
        List<List<String>> rows = new ArrayList<>();
        String rate = String.format(Locale.ROOT, "%,.0f", perSecond);
        for (String stage : List.of("capture", "transport", "apply", "endToEnd")) {
            JsonNode of = lag.path("lastMinute").path(stage);
            rows.add(List.of(
                    rate,
                    stage.equals("endToEnd") ? "**end to end**" : stage,
                    millis(of.path("p50Seconds")),
                    millis(of.path("p99Seconds")),
                    millis(of.path("maxSeconds")),
                    String.format(Locale.ROOT, "%,d", of.path("count").asLong())));
        }
        return rows;
    }

    private static String millis(JsonNode seconds) {
        return seconds.isNumber() ? String.format(Locale.ROOT, "%,.0f ms", seconds.asDouble() * 1e3) : "not measured";
    }
}
