package io.flywatch.system.bench.detect;

import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.EmbeddedKafka;
import io.flywatch.stack.FreePort;
import io.flywatch.system.bench.Bench;
import io.flywatch.system.bench.Table;
import io.flywatch.system.stand.Arguments;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.PackagedService;
import io.flywatch.system.stand.StandTopics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code ./bench decide}: from an event's own time to the decision on it, with thousands of events a second. */
public final class DecideBench implements Bench {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "decide";
    }

    @Override
    public String about() {
        return "from an event to the decision on it; --rate N (5000) events/s of --migrations N (1250), --seconds N (30), --warmup N (30), --jvm \"options\"";
    }

    @Override
    public Table run(Arguments arguments) throws Exception {
        int rate = (int) arguments.number("rate", 5000);
        int migrations = (int) arguments.number("migrations", 1250);
        long seconds = arguments.number("seconds", 30);
        long warmUp = arguments.number("warmup", 30);
        Path folder = Layout.target("bench-decide-" + ProcessHandle.current().pid());
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                Children children = Children.in(folder, child -> {})) {
            StandTopics.make(kafka.bootstrapServers());
            List<String> jvm = new ArrayList<>(List.of("-Xmx512m"));
            jvm.addAll(Arrays.stream(arguments.text("jvm", "").split(" "))
                    .filter(option -> !option.isEmpty())
                    .toList());
            PackagedService service = PackagedService.start(
                            children,
                            "anomaly-service",
                            "anomaly-service",
                            FreePort.find(),
                            jvm,
                            Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()))
                    .awaitReady(START_LIMIT);
            try (Statistics statistics = new Statistics(kafka.bootstrapServers(), migrations)) {
                statistics.send(rate, warmUp);
                Decisions before = Decisions.of(metrics(service));
                Duration cpu = cpu(service);
                statistics.send(rate, seconds);
                Duration used = cpu(service).minus(cpu);
                Decisions measured = Decisions.of(metrics(service)).since(before);
                children.dismissGuardian();
                return table(measured, rate, migrations, seconds, used, statistics.told());
            }
        }
    }

    private static Table table(Decisions measured, int rate, int migrations, long seconds, Duration used, long told) {
        return new Table(
                "From an event to the decision on it",
                List.of(
                        "events/s",
                        "migrations",
                        "median",
                        "99th percentile",
                        "99.9th",
                        "wanted (99th)",
                        "of one core"),
                List.of(List.of(
                        String.format(Locale.ROOT, "%,d", rate),
                        String.format(Locale.ROOT, "%,d", migrations),
                        millis(measured.quantile(0.5)),
                        millis(measured.quantile(0.99)),
                        millis(measured.quantile(0.999)),
                        "50 ms",
                        String.format(Locale.ROOT, "%.0f %%", 100.0 * used.toMillis() / (seconds * 1000)))),
                List.of(
                        String.format(
                                Locale.ROOT,
                                "%,d samples decided on in %d s, a quarter of them a runner's, the others of three replicas of a processor;"
                                        + " %,d anomalies were told meanwhile.",
                                measured.count(),
                                seconds,
                                told),
                        "From the time in the event, which is when it was given to Kafka's client, to the end of the decision: the"
                                + " service's own histogram `anomaly_decision_seconds`, percentiles interpolated within its buckets."
                                + " Broker and sender share the machine."));
    }

    private static String millis(double seconds) {
        return String.format(Locale.ROOT, "%.1f ms", seconds * 1000);
    }

    private static Duration cpu(PackagedService service) {
        return service.child().process().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static String metrics(PackagedService service) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(service.url() + "/q/metrics"))
                                    .timeout(Duration.ofSeconds(30))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
