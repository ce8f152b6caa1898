package io.flywatch.runner.adapter.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.kit.connect.ConnectClient;
import io.flywatch.kit.connect.ConnectorStatus;
import io.flywatch.runner.run.FailureType;
import io.flywatch.runner.run.RunFailure;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Registers a connector stopped, makes Kafka Connect forget where an earlier one of its name stood, and only then lets it go. Each of
 * the three can be repeated, so a runner that was lost in between does no harm.
 */
@Singleton
final class ConnectorOffsets {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 40;
    private static final int STARTING = 503;
    private static final int BROKEN = 500;
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final ConnectClient connect;
    private final ObjectMapper json;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    ConnectorOffsets(ConnectClient connect, ObjectMapper json) {
        this.connect = connect;
        this.json = json;
    }

    void startAfresh(String name, Map<String, String> settings) {
        Optional<ConnectorStatus> there = connect.status(name);
        if (there.isEmpty()) {
            Map<String, Object> body = Map.of("name", name, "config", settings, "initial_state", "STOPPED");
            expect(call("POST", "/connectors", body), "register the connector");
        } else if (!"STOPPED".equals(there.get().connector().state())) {
            return;
        }
        forget(name);
        connect.resume(name);
    }

    /**
     * Throws while Kafka Connect is starting: first it answers nothing but 404, then it knows its paths but not its connectors yet,
     * which older versions can't tell.
     */
    void requireStarted() {
        int root = call("GET", "/", null).statusCode();
        int health = call("GET", "/health", null).statusCode();
        if (root >= 300 || health == STARTING || health == BROKEN) {
            throw new RunFailure(
                    FailureType.KAFKA_CONNECT,
                    "Kafka Connect at " + connect.url() + " is still starting. Wait for it.");
        }
    }

    /** Its tasks end, and none is begun again. */
    void stop(String name) {
        expect(call("PUT", "/connectors/" + name + "/stop", null), "stop the connector");
    }

    /** Kafka Connect refuses until all of its workers know that the connector is stopped, which takes a moment. */
    private void forget(String name) {
        for (int attempt = 1; ; attempt++) {
            HttpResponse<String> answer = call("DELETE", "/connectors/" + name + "/offsets", null);
            if (answer.statusCode() < 300) {
                return;
            }
            if (attempt == ATTEMPTS) {
                expect(answer, "forget the offsets of an earlier connector");
            }
            waitABit();
        }
    }

    private static void expect(HttpResponse<String> answer, String what) {
        if (answer.statusCode() >= 300) {
            throw new RunFailure(
                    FailureType.KAFKA_CONNECT,
                    "Kafka Connect does not " + what + " (" + answer.statusCode() + "): " + answer.body());
        }
    }

    private HttpResponse<String> call(String method, String path, @Nullable Object body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(connect.url() + path))
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                    .build();
            return http.send(request, BodyHandlers.ofString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings are texts", e);
        } catch (IOException e) {
            throw new RunFailure(
                    FailureType.KAFKA_CONNECT, "Kafka Connect does not answer at " + connect.url() + ". Start it.", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void waitABit() {
        try {
            Thread.sleep(BETWEEN);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static RunFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new RunFailure(FailureType.KAFKA_CONNECT, "The runner stops.", e);
    }
}
