package io.flywatch.system.stand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.events.Topics;
import io.flywatch.quickstart.process.Children;
import io.flywatch.quickstart.runner.RunnerClient;
import io.flywatch.stack.EmbeddedKafka;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A replication with everything real: source, broker, Kafka Connect, runner and processors as packaged, and a target behind a
 * {@link TcpProxy}. Each part can be killed and started again.
 */
public final class Replication implements AutoCloseable {
    private static final String ID = "stand";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final ReplicationSetup setup;
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();
    private final Map<String, PackagedService> processors = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Children children;
    private final EmbeddedPostgres postgres;
    private final StandSource source;
    private final StandTarget target;
    private final TcpProxy proxy;
    private EmbeddedKafka kafka;
    private final StandConnect connect;
    private final PackagedService runner;
    private @Nullable URI run;

    private Replication(ReplicationSetup setup) throws Exception {
        this.setup = setup;
        this.folder = setup.folder();
        Folders.empty(folder);
        children = Children.in(folder, child -> {});
        closing.push(children::dismissGuardian);
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        closing.push(postgres);
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        closing.push(() -> kafka.close());
        closing.push(children);
        postgres.createDatabase("flywatch");
        source = StandSource.start(setup.sourceKind(), folder, postgres);
        closing.push(source);
        connect = StandConnect.start(
                children,
                setup.registry() == null ? source.connectors() : StandSource.avroConnectors(),
                kafka.bootstrapServers());
        if (!setup.schema().isEmpty()) {
            try (Connection connection = source.connect()) {
                execute(connection, setup.schema());
            }
        }
        target = StandTarget.start(setup.targetKind(), folder);
        closing.push(target);
        if (!setup.targetSchema().isEmpty()) {
            try (Connection connection = target.connect().orElseThrow()) {
                execute(connection, setup.targetSchema());
            }
        }
        proxy = TcpProxy.to(target.port());
        closing.push(proxy);
        runner = PackagedService.start(
                children,
                "migration-runner",
                "migration-runner",
                FreePort.find(),
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                runnerEnvironment());
        startProcessor("one");
    }

    /** Starts all of it and begins the run; what it started is ended if that fails. */
    public static Replication start(ReplicationSetup setup) throws Exception {
        Replication replication = new Replication(setup);
        try {
            replication.begin();
            return replication;
        } catch (Exception e) {
            replication.close();
            throw e;
        }
    }

    private void begin() throws Exception {
        connect.await();
        runner.awaitReady(START_LIMIT);
        for (PackagedService processor : processors.values()) {
            processor.awaitReady(START_LIMIT);
        }
        run = new RunnerClient(runner.url(), JSON).start(ID);
    }

    private Map<String, String> runnerEnvironment() throws IOException {
        Path migrations = Files.createDirectories(folder.resolve("migrations"));
        Files.writeString(migrations.resolve(ID + ".yaml"), setup.migration(ID, source.tables()));
        Map<String, String> environment = connections();
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl("flywatch"));
        environment.put("QUARKUS_DATASOURCE_JDBC_ACQUISITION_TIMEOUT", "60S");
        environment.put("QUARKUS_DATASOURCE_USERNAME", EmbeddedPostgres.USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", EmbeddedPostgres.PASSWORD);
        environment.put("FLYWATCH_MIGRATIONS_LOCATION", migrations.toString());
        return environment;
    }

    private Map<String, String> connections() {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.put("FLYWATCH_CONNECT_URL", connect.url());
        source.connection().forEach((key, value) -> environment.put("FLYWATCH_CONNECTIONS_SOURCE_" + key, value));
        target.connection(proxy.port())
                .forEach((key, value) -> environment.put("FLYWATCH_CONNECTIONS_TARGET_" + key, value));
        return environment;
    }

    /** Starts a processor of that name, or starts it again after it was killed. */
    public PackagedService startProcessor(String name) {
        Map<String, String> environment = connections();
        if (setup.registry() != null) {
            environment.put("FLYWATCH_CDC_REGISTRY_URL", setup.registry().url());
        }
        PackagedService processor = PackagedService.start(
                children,
                "processor-" + name + "-" + System.nanoTime(),
                "cdc-processor",
                FreePort.find(),
                setup.processorJvm(),
                environment);
        processors.put(name, processor);
        return processor;
    }

    /** Kills a processor as {@code kill -9} does. */
    public void killProcessor(String name) throws InterruptedException {
        PackagedService processor = processors.remove(name);
        if (processor != null) {
            processor.kill();
        }
    }

    /** The processors that run, by name. */
    public Map<String, PackagedService> processors() {
        return Map.copyOf(processors);
    }

    /** Whether a processor runs. */
    public boolean processorLives(String name) {
        PackagedService processor = processors.get(name);
        return processor != null && processor.child().isAlive();
    }

    /** Kills Kafka Connect and starts it again. */
    public void restartConnect() throws InterruptedException {
        connect.kill();
        connect.startAgain();
    }

    /** Stops the broker for a while and starts it again with what it had. */
    public void restartBroker(Duration away) throws InterruptedException {
        int port = kafka.port();
        kafka.close();
        TimeUnit.MILLISECONDS.sleep(away.toMillis());
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), port);
    }

    /** Where the run stands: its own words. */
    public JsonNode runState() {
        return new RunnerClient(runner.url(), JSON).look(run());
    }

    /** Where the run is at the runner. */
    public URI run() {
        return java.util.Objects.requireNonNull(run);
    }

    /** What a processor says of the lag; missing if it does not answer or does not know the pipeline yet. */
    public JsonNode lag(String processor) throws InterruptedException {
        PackagedService asked = processors.get(processor);
        if (asked == null) {
            return JSON.missingNode();
        }
        try {
            return send("GET", asked.url() + "/api/v1/pipelines/" + ID + "/lag");
        } catch (IOException notNow) {
            return JSON.missingNode();
        }
    }

    /** Asks the first processor about the pipeline, or for something to be done; its answer, whatever its status. */
    public JsonNode ask(String method, String path) throws IOException, InterruptedException {
        PackagedService asked = processors.get("one");
        if (asked == null) {
            throw new IOException("there is no processor now");
        }
        return send(method, asked.url() + "/api/v1/pipelines/" + ID + path);
    }

    /** Asks the first processor for something to be done to the pipeline. */
    public JsonNode order(String path, String body) throws IOException, InterruptedException {
        PackagedService asked = processors.get("one");
        if (asked == null) {
            throw new IOException("there is no processor now");
        }
        return send("POST", asked.url() + "/api/v1/pipelines/" + ID + path, HttpRequest.BodyPublishers.ofString(body));
    }

    /** Waits until the pipeline streams. */
    public void awaitStreaming(Duration limit) throws InterruptedException {
        Waiting.until(limit, "the pipeline streams", () -> {
            String state = lag("one").path("state").asText();
            return state.equals("STREAMING") || state.equals("streaming") || state.equalsIgnoreCase("idle");
        });
    }

    private JsonNode send(String method, String url) throws IOException, InterruptedException {
        return send(method, url, HttpRequest.BodyPublishers.noBody());
    }

    private JsonNode send(String method, String url, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .method(method, body)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10))
                .build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    /** A connection to the source. */
    public Connection source() throws SQLException {
        return source.connect();
    }

    /** The topic of a table's changes. */
    public String topic(String table) {
        return Topics.changesPrefix(ID) + "." + source.schema() + "." + table;
    }

    /** The target, past the proxy. */
    public StandTarget target() {
        return target;
    }

    /** The way that processors take to the target. */
    public TcpProxy proxy() {
        return proxy;
    }

    /** The broker's address. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** The pipeline's id. */
    public String pipeline() {
        return ID;
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
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
