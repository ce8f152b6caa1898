package io.flywatch.system.stand.alerts;

import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.FreePort;
import io.flywatch.system.stand.PackagedService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The packaged alert-dispatcher. Kafka and Kafka Connect are away all the time: what is posted has to be told all the same, and its facts
 * wait in the outbox's slot.
 */
public final class Dispatcher {

    private static final Duration START_LIMIT = Duration.ofSeconds(180);
    private static final long BETWEEN_LOOKS_MS = 100;

    private final PackagedService service;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private Dispatcher(PackagedService service) {
        this.service = service;
    }

    /** Starts one and does not wait. */
    public static Dispatcher start(
            Children children, String name, int postgresPort, String database, Path policy, List<String> jvm) {
        return start(children, name, postgresPort, database, policy, jvm, Map.of());
    }

    /** Starts one with more in its environment and does not wait. */
    public static Dispatcher start(
            Children children,
            String name,
            int postgresPort,
            String database,
            Path policy,
            List<String> jvm,
            Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        environment.put("FLYWATCH_CONNECT_URL", "http://127.0.0.1:1");
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:" + postgresPort + "/" + database);
        environment.put("QUARKUS_DATASOURCE_USERNAME", EmbeddedPostgres.USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", EmbeddedPostgres.PASSWORD);
        environment.put("FLYWATCH_POLICY_FILE", policy.toString());
        environment.put("FLYWATCH_DELIVERY_TIMEOUT", "PT3S");
        environment.put("FLYWATCH_DELIVERY_LONGEST_WAIT", "PT4S");
        environment.put("FLYWATCH_DELIVERY_BREAK_FOR", "PT3S");
        environment.put("QUARKUS_LOG_CATEGORY__ORG_APACHE_KAFKA__LEVEL", "OFF");
        environment.putAll(more);
        return new Dispatcher(
                PackagedService.start(children, name, "alert-dispatcher", FreePort.find(), jvm, environment));
    }

    /** A policy that tells one webhook of everything, each alert by itself and at once. */
    public static void policy(Path file, String hook, int round) throws IOException {
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, """
                # round %d
                receivers:
                  - {name: hook, type: webhook, url: "%s", allow_private: true, concurrency: 32}
                route: {receiver: hook, group_by: [...], group_wait: 0s, group_interval: 0s}
                storm: {groups_per_minute: 0}
                """.formatted(round, hook));
        Files.move(
                next,
                file,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** Waits until it takes alerts. */
    public Dispatcher await() throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < end && service.child().isAlive()) {
            if (get("/-/ready") == 200) {
                return this;
            }
            Thread.sleep(BETWEEN_LOOKS_MS);
        }
        throw new IllegalStateException(service.child().name() + " did not start:\n"
                + String.join("\n", service.child().lastLines(40)));
    }

    /** The status of a page; 0 if there is no answer. */
    public int get(String path) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(service.url() + path))
                .timeout(Duration.ofSeconds(10))
                .build());
    }

    /** Posts to a path; the status, or 0 if there is no answer. */
    public int post(String path, String body) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(service.url() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private int send(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Where it answers. */
    public String url() {
        return service.url();
    }

    /** Its process. */
    public Process process() {
        return service.child().process();
    }

    /** Whether its log has a line with this. */
    public boolean said(String what) {
        return service.child().lastLines(2000).stream().anyMatch(line -> line.contains(what));
    }

    /** Kills it as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        service.kill();
    }

    /** Asks it to end and waits. */
    public void stop() throws InterruptedException {
        service.stop();
    }
}
