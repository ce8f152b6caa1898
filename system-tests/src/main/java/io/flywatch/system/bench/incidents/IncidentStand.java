package io.flywatch.system.bench.incidents;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.quickstart.connect.ConnectWorker;
import io.flywatch.quickstart.process.Children;
import io.flywatch.quickstart.runner.RunnerClient;
import io.flywatch.stack.EmbeddedKafka;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.FreePort;
import io.flywatch.system.stand.Folders;
import io.flywatch.system.stand.PackagedService;
import io.flywatch.system.stand.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Several replications with everything real on one broker, one Kafka Connect, one runner and one processor. */
final class IncidentStand implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SMALL = List.of("-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Path folder;
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Children children;
    private final List<Line> lines = new ArrayList<>();
    private final Map<Line, URI> runs = new ConcurrentHashMap<>();
    private final int connectPort = FreePort.find();
    private final int processorPort = FreePort.find();
    private final PackagedService runner;
    private volatile EmbeddedKafka kafka;
    private volatile PackagedService processor;

    IncidentStand(Path folder, int many, Random random) throws Exception {
        this.folder = folder;
        Folders.empty(folder);
        children = Children.in(folder, child -> {});
        closing.push(children::dismissGuardian);
        EmbeddedPostgres source = EmbeddedPostgres.start(folder.resolve("source"));
        closing.push(source);
        EmbeddedPostgres target = EmbeddedPostgres.start(folder.resolve("target"));
        closing.push(target);
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        closing.push(() -> kafka.close());
        closing.push(children);
        startConnect();
        Path migrations = Files.createDirectories(folder.resolve("migrations"));
        source.createDatabase("flywatch");
        for (int number = 1; number <= many; number++) {
            Line line = new Line(number, source, target, folder, random);
            closing.push(line);
            lines.add(line);
            Files.writeString(migrations.resolve(line.id() + ".yaml"), line.declaration());
        }
        Map<String, String> environment = connections();
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", source.jdbcUrl("flywatch"));
        environment.put("QUARKUS_DATASOURCE_USERNAME", EmbeddedPostgres.USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", EmbeddedPostgres.PASSWORD);
        environment.put("FLYWATCH_CONNECT_URL", connectUrl());
        environment.put("FLYWATCH_MIGRATIONS_LOCATION", migrations.toString());
        runner = PackagedService.start(
                children, "migration-runner", "migration-runner", FreePort.find(), SMALL, environment);
        processor = startProcessor();
        runner.awaitReady(LIMIT);
        processor.awaitReady(LIMIT);
        Waiting.until(LIMIT, "Kafka Connect answers", () -> {
            try {
                return send("GET", connectUrl() + "/connectors").statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private void startConnect() {
        children.java(
                "kafka-connect",
                List.of(
                        "-Xmx640m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ConnectWorker.class.getName(),
                        kafka.bootstrapServers(),
                        Integer.toString(connectPort)),
                Map.of());
    }

    private Map<String, String> connections() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        // Each migration is written by itself: what ails one does not hold up the others.
        environment.put("FLYWATCH_CDC_WRITERS", Integer.toString(4 * Math.max(1, lines.size())));
        lines.forEach(line -> line.connections(environment));
        return environment;
    }

    private PackagedService startProcessor() {
        return PackagedService.start(
                children, "processor-" + System.nanoTime(), "cdc-processor", processorPort, SMALL, connections());
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Starts a migration's run and waits until its changes are streamed, its snapshot done. */
    void begin(Line line) throws InterruptedException {
        runs.put(line, new RunnerClient(runner.url(), JSON).start(line.id()));
        Waiting.until(LIMIT, line.id() + " streams", () -> {
            try {
                String state = JSON.readTree(send("GET", processor.url() + "/api/v1/pipelines/" + line.id() + "/lag")
                                .body())
                        .path("state")
                        .asText();
                return state.equalsIgnoreCase("streaming") || state.equalsIgnoreCase("idle");
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    /** Pauses, resumes or ends a migration's run, as an operator does. */
    void order(Line line, String what) throws IOException, InterruptedException {
        URI run = runs.get(line);
        if (run != null) {
            accepted(send("POST", run + "/" + what));
        }
    }

    /** Pauses, resumes or restarts a connector at Kafka Connect, past the runner. */
    void connector(Line line, String what) throws IOException, InterruptedException {
        String method = what.equals("restart") ? "POST" : "PUT";
        accepted(send(method, connectUrl() + "/connectors/flywatch-" + line.id() + "/" + what));
    }

    private static void accepted(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    void restartProcessor() throws InterruptedException {
        processor.child().process().destroy();
        processor.child().process().waitFor();
        processor = startProcessor();
        processor.awaitReady(LIMIT);
    }

    void stopBroker() {
        kafka.close();
    }

    void startBroker(int port) {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), port);
    }

    int brokerPort() {
        return kafka.port();
    }

    private String connectUrl() {
        return "http://127.0.0.1:" + connectPort;
    }

    private HttpResponse<String> send(String method, String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "application/json")
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() throws Exception {
        children.expectEnds();
        while (!closing.isEmpty()) {
            closing.pop().close();
        }
        http.close();
    }
}
