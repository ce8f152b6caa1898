package io.flywatch.system.faults.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.EmbeddedKafka;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.FreePort;
import io.flywatch.stack.MongoStandIn;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.PackagedService;
import io.flywatch.system.stand.Wire;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A packaged runner with a broker, a control database behind a wire that can be cut, and a server to migrate. */
final class RunnerStand implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String FLYWATCH = "flywatch";

    private final Children children;
    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final Wire wire;
    private final @Nullable MongoStandIn standIn;
    private final int port = FreePort.find();
    private final HttpClient http = HttpClient.newHttpClient();
    private EmbeddedKafka kafka;
    private @Nullable PackagedService runner;
    private int starts;

    RunnerStand() throws IOException {
        this.folder = Files.createDirectories(
                Layout.target("runner-kills-" + ProcessHandle.current().pid()));
        Files.createDirectories(folder.resolve("migrations"));
        this.children = Children.in(folder, child -> {});
        this.kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        this.postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        postgres.createDatabase(FLYWATCH);
        this.wire = Wire.before(postgres.port());
        this.standIn = System.getenv("FLYWATCH_TEST_MONGODB_URI") == null ? MongoStandIn.start() : null;
    }

    /** The server to migrate. */
    String mongo() {
        return standIn == null ? System.getenv("FLYWATCH_TEST_MONGODB_URI") : standIn.uri();
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    void declare(String id, String text) throws IOException {
        Files.writeString(folder.resolve("migrations").resolve(id + ".yaml"), text);
    }

    /** Starts the runner, or starts it again. */
    void start() throws Exception {
        Map<String, String> environment = new TreeMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:" + wire.port() + "/" + FLYWATCH);
        environment.put("QUARKUS_DATASOURCE_USERNAME", EmbeddedPostgres.USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", EmbeddedPostgres.PASSWORD);
        environment.put("QUARKUS_DEBEZIUM_OUTBOX_REMOVE_AFTER_INSERT", "false");
        environment.put("FLYWATCH_CONNECT_URL", "http://127.0.0.1:1");
        environment.put(
                "FLYWATCH_MIGRATIONS_LOCATION", folder.resolve("migrations").toString());
        environment.put("FLYWATCH_CONNECTIONS_TARGET_URL", mongo());
        starts++;
        runner = PackagedService.start(
                children, "runner-" + starts, "migration-runner", port, List.of("-Xmx256m"), environment);
        await("the runner answers", () -> call("GET", "/api/v1/runs").statusCode() == 200);
    }

    /** Kills the runner as {@code kill -9} does. */
    void kill() throws InterruptedException {
        if (runner != null) {
            runner.kill();
        }
    }

    void cutDatabase() {
        wire.cut();
    }

    void mendDatabase() {
        wire.mend();
    }

    void stopKafka() {
        kafka.close();
    }

    void startKafka() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), kafka.port());
    }

    HttpResponse<String> call(String method, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(30))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    /** The run's state, or an empty text if it can't be asked for now. */
    String state(String run) throws InterruptedException {
        try {
            HttpResponse<String> answer = call("GET", run);
            JsonNode body = JSON.readTree(answer.body());
            return answer.statusCode() == 200 ? body.path("state").asText() : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Waits; throws with what was waited for if it takes too long. */
    void await(String what, Callable<Boolean> check) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (check.call()) {
                    return;
                }
            } catch (IOException e) {
                // It does not answer yet.
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("waited " + LIMIT + " in vain until " + what);
    }

    @Override
    public void close() {
        children.close();
        http.close();
        wire.close();
        postgres.close();
        kafka.close();
        if (standIn != null) {
            standIn.close();
        }
    }
}
