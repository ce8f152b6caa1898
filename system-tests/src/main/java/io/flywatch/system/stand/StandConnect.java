package io.flywatch.system.stand;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.quickstart.connect.ConnectWorker;
import io.flywatch.quickstart.process.Child;
import io.flywatch.quickstart.process.Children;
import io.flywatch.stack.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The Kafka Connect worker of a {@link Replication}, which can be killed and started again. */
final class StandConnect {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Children children;
    private final String classPath;
    private final String bootstrapServers;
    private final int port = FreePort.find();
    private Child worker;

    private StandConnect(Children children, String classPath, String bootstrapServers) {
        this.children = children;
        this.classPath = classPath;
        this.bootstrapServers = bootstrapServers;
        this.worker = start();
    }

    /** Starts a worker with the connectors of a class path, and does not wait. */
    static StandConnect start(Children children, String classPath, String bootstrapServers) {
        return new StandConnect(children, classPath, bootstrapServers);
    }

    private Child start() {
        return children.java(
                "kafka-connect-" + System.nanoTime(),
                List.of(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        ConnectWorker.class.getName(),
                        bootstrapServers,
                        Integer.toString(port)),
                Map.of());
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void kill() throws InterruptedException {
        worker.process().destroyForcibly().waitFor();
    }

    void startAgain() throws InterruptedException {
        worker = start();
        await();
    }

    void await() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest look = HttpRequest.newBuilder(URI.create(url() + "/connectors"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            Waiting.until(LIMIT, "Kafka Connect answers", () -> {
                try {
                    return JSON.readTree(
                                    http.send(look, BodyHandlers.ofString()).body())
                            .isArray();
                } catch (IOException notYet) {
                    return false;
                }
            });
        }
    }
}
