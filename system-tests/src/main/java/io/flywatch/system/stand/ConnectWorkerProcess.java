package io.flywatch.system.stand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.quickstart.process.Child;
import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.FreePort;
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

/** A Kafka Connect worker of its own, with the connectors of its class path. */
public final class ConnectWorkerProcess {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final Child child;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    private ConnectWorkerProcess(Child child, String url) {
        this.child = child;
        this.url = url;
    }

    /**
     * Starts a worker and waits until it answers.
     *
     * @param name its log, its group and its topics are called so
     * @param classPath the worker and the connectors
     */
    public static ConnectWorkerProcess start(
            Children children, String name, String classPath, String bootstrapServers, List<String> jvm)
            throws IOException, InterruptedException {
        int port = FreePort.find();
        Map<String, String> settings = new TreeMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", "workers-" + name);
        settings.put("listeners", "http://127.0.0.1:" + port);
        settings.put("rest.advertised.host.name", "127.0.0.1");
        settings.put("plugin.discovery", "service_load");
        settings.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        for (String store : List.of("config", "offset", "status")) {
            settings.put(store + ".storage.topic", name + ".connect-" + store);
            settings.put(store + ".storage.replication.factor", "1");
        }
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        settings.put("scheduled.rebalance.max.delay.ms", "0");
        settings.put("producer.compression.type", "lz4");
        settings.put("producer.batch.size", "524288");
        settings.put("connector.client.config.override.policy", "All");
        Path file = Layout.target("tmp").resolve(name + ".properties");
        Files.createDirectories(file.getParent());
        Files.write(
                file,
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
        List<String> arguments = new java.util.ArrayList<>(jvm);
        arguments.addAll(List.of("-cp", classPath, "org.apache.kafka.connect.cli.ConnectDistributed", file.toString()));
        ConnectWorkerProcess worker =
                new ConnectWorkerProcess(children.java(name, arguments, Map.of()), "http://127.0.0.1:" + port);
        worker.await(() -> worker.get("/connectors").statusCode() == 200, "answer");
        return worker;
    }

    /**
     * Makes a connector and waits until it and its tasks run.
     *
     * @throws IllegalStateException with the worker's words if it refuses or the connector fails
     */
    public void run(String connector, Map<String, String> config) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(url + "/connectors/" + connector + "/config"))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(JSON.writeValueAsString(config)))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("Kafka Connect refuses " + connector + ": " + answer.body());
        }
        await(() -> runs(connector), "run " + connector);
    }

    /** Whether the connector and at least one task run. */
    private boolean runs(String connector) throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/connectors/" + connector + "/status");
        if (answer.statusCode() != 200) {
            return false;
        }
        JsonNode status = JSON.readTree(answer.body());
        if (answer.body().contains("FAILED")) {
            throw new IllegalStateException(connector + " failed: " + answer.body());
        }
        return status.at("/connector/state").asText().equals("RUNNING")
                && status.at("/tasks/0/state").asText().equals("RUNNING");
    }

    /** What went wrong with the connector, or an empty text. */
    public String trouble(String connector) throws IOException, InterruptedException {
        String status = get("/connectors/" + connector + "/status").body();
        return status.contains("FAILED") ? status : "";
    }

    /** Ends the worker. */
    public void stop() throws InterruptedException {
        child.process().destroy();
        child.process().waitFor();
        http.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
    }

    private void await(Check check, String what) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end && child.isAlive()) {
            try {
                if (check.holds()) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("%s did not %s:%n%s"
                .formatted(child.name(), what, String.join(System.lineSeparator(), child.lastLines(40))));
    }

    /** A look that may fail while the worker starts. */
    private interface Check {
        boolean holds() throws IOException, InterruptedException;
    }
}
