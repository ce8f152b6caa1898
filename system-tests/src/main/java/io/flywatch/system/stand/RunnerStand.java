package io.flywatch.system.stand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.EmbeddedKafka;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.FreePort;
import io.flywatch.stack.MongoStandIn;
import io.flywatch.stack.replica.ReplicaSetStandIn;
import io.flywatch.stack.replica.Shape;
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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The packaged migration-runner with all that it needs but Kafka Connect, and the MongoDB that it changes: the server that {@code
 * FLYWATCH_TEST_MONGODB_URI} names, or a stand-in in this process.
 */
public final class RunnerStand implements AutoCloseable {
    /** What the runner calls the MongoDB connection. */
    public static final String TARGET = "target";

    private static final String DATABASE = "flywatch_stand";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Children children;
    private final EmbeddedKafka kafka;
    private final EmbeddedPostgres postgres;
    private final @Nullable AutoCloseable standIn;
    private final String server;
    private final String uri;
    private final MongoClient client;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePort.find();
    private @Nullable PackagedService runner;
    private int starts;

    private RunnerStand(Path folder, boolean replicaSet) {
        this.folder = folder;
        this.children = Children.in(folder, child -> {});
        this.kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        this.postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        postgres.createDatabase("flywatch");
        String given = System.getenv("FLYWATCH_TEST_MONGODB_URI");
        if (given != null && !given.isBlank()) {
            this.standIn = null;
            this.uri = given;
            this.server = "the server of FLYWATCH_TEST_MONGODB_URI";
        } else if (replicaSet) {
            // What a killed runner left open is ended earlier than the minute of the real server.
            ReplicaSetStandIn started = ReplicaSetStandIn.start(Shape.REPLICA_SET, Duration.ofSeconds(5));
            this.standIn = started;
            this.uri = started.uri();
            this.server = "stand-in for a replica set";
        } else {
            MongoStandIn started = MongoStandIn.start();
            this.standIn = started;
            this.uri = started.uri();
            this.server = "stand-in";
        }
        this.client = MongoClients.create(uri);
    }

    /** Starts all of it and the runner with these options of its JVM. */
    public static RunnerStand start(List<String> jvm) throws IOException, InterruptedException {
        return start(jvm, false);
    }

    /** The same with a stand-in for a replica set, if no server is named. */
    public static RunnerStand start(List<String> jvm, boolean replicaSet) throws IOException, InterruptedException {
        Quietly.please();
        Files.createDirectories(Layout.target("tmp"));
        RunnerStand stand = new RunnerStand(Files.createTempDirectory(Layout.target("tmp"), "runner"), replicaSet);
        Files.createDirectories(stand.folder.resolve("migrations"));
        stand.startRunner(jvm);
        return stand;
    }

    /** Whether the MongoDB is one, and not a stand-in. */
    public boolean isReal() {
        return standIn == null;
    }

    /** Which MongoDB it is, or what stands in for it. */
    public String server() {
        return server;
    }

    /** The database that is migrated. */
    public MongoDatabase database() {
        return client.getDatabase(DATABASE);
    }

    /** Starts the runner and waits until it answers. */
    public void startRunner(List<String> jvm) throws IOException, InterruptedException {
        Map<String, String> variables = new TreeMap<>();
        variables.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        variables.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl("flywatch"));
        variables.put("QUARKUS_DATASOURCE_USERNAME", EmbeddedPostgres.USER);
        variables.put("QUARKUS_DATASOURCE_PASSWORD", EmbeddedPostgres.PASSWORD);
        variables.put("FLYWATCH_CONNECT_URL", "http://127.0.0.1:1");
        variables.put("FLYWATCH_CONNECTIONS_TARGET_URL", uri);
        variables.put(
                "FLYWATCH_MIGRATIONS_LOCATION", folder.resolve("migrations").toString());
        // A killed runner's work is taken up at once, so that a suite spends its time on kills and not on waiting.
        variables.put("FLYWATCH_MIGRATIONS_OWNERSHIP", "PT3S");
        runner = PackagedService.start(children, "runner-" + ++starts, "migration-runner", port, jvm, variables);
        awaitAnswer(Duration.ofSeconds(180));
    }

    private void awaitAnswer(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (running().child().isAlive() && System.nanoTime() < end) {
            try {
                if (send("GET", "/api/v1/migrations").statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new IllegalStateException("the runner does not answer:\n"
                + String.join("\n", running().child().lastLines(40)));
    }

    private PackagedService running() {
        return Objects.requireNonNull(runner, "the runner was started");
    }

    /** Kills it as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        running().kill();
    }

    /** The runner's process. */
    public ProcessHandle process() {
        return running().child().process().toHandle();
    }

    /** Declares a migration of the migrated database with these change sets, in YAML. */
    public void declare(String id, String changeSets) throws IOException {
        String head =
                "kind: mongodb\nid: " + id + "\nconnection: " + TARGET + "\ndatabase: " + DATABASE + "\nchangeSets:\n";
        Files.writeString(folder.resolve("migrations/" + id + ".yaml"), head + changeSets);
    }

    /** Starts a run; answers its path. */
    public String trigger(String id) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("POST", "/api/v1/migrations/" + id + "/runs");
        if (answer.statusCode() != 202) {
            throw new IllegalStateException("the runner refuses: " + answer.statusCode() + " " + answer.body());
        }
        return "/api/v1/migrations/" + id + "/runs/"
                + JSON.readTree(answer.body()).get("id").asText();
    }

    /** A run as it is now. */
    public JsonNode run(String path) throws IOException, InterruptedException {
        return JSON.readTree(send("GET", path).body());
    }

    /**
     * Waits for the end of a run.
     *
     * @throws IllegalStateException if it has another end than success, or none in time
     */
    public JsonNode awaitSuccess(String path, Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            JsonNode run = run(path);
            String state = run.path("state").asText().toLowerCase(Locale.ROOT);
            if (state.equals("succeeded")) {
                return run;
            }
            if (state.equals("failed") || state.equals("cancelled")) {
                throw new IllegalStateException("the run " + state + ": " + run.path("failure"));
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new IllegalStateException("the run did not end in " + limit + ": " + run(path));
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() {
        database().drop();
        children.close();
        children.dismissGuardian();
        client.close();
        http.close();
        closeStandIn();
        postgres.close();
        kafka.close();
    }

    private void closeStandIn() {
        if (standIn != null) {
            try {
                standIn.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
