package io.flywatch.kit.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Connect's REST API. Blocking. Every call throws {@link ConnectUnreachableException} if there is no answer, and
 * {@link ConnectRefusedException} with Connect's own message if the answer is an error.
 */
@Singleton
public final class ConnectClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    // Validating or registering a connector makes Connect call the database.
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final String url;
    private final ObjectMapper json;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    /** For a Kafka Connect at {@code url}. */
    public ConnectClient(
            @ConfigProperty(name = "flywatch.connect.url", defaultValue = "http://127.0.0.1:8085") String url,
            ObjectMapper json) {
        this.url = url.replaceAll("/+$", "");
        this.json = json;
    }

    /** Where Kafka Connect is looked for. */
    public String url() {
        return url;
    }

    /** The class names of the connectors that Connect has. */
    public Set<String> plugins() {
        Set<String> classes = new TreeSet<>();
        call("GET", "/connector-plugins?connectorsOnly=true", null)
                .forEach(plugin -> classes.add(plugin.path("class").asText()));
        return classes;
    }

    /** What is wrong with a configuration, as {@code key: message}; Debezium connects to the database to find out. */
    public List<String> validate(String connectorClass, Map<String, String> config) {
        JsonNode answer = call("PUT", "/connector-plugins/" + encode(connectorClass) + "/config/validate", config);
        List<String> errors = new ArrayList<>();
        for (JsonNode entry : answer.path("configs")) {
            JsonNode value = entry.path("value");
            value.path("errors").forEach(error -> errors.add(value.path("name").asText() + ": " + error.asText()));
        }
        return errors;
    }

    /** Creates a connector, or changes its configuration. */
    public void put(String name, Map<String, String> config) {
        call("PUT", "/connectors/" + encode(name) + "/config", config);
    }

    /** The state of a connector; empty if there is none of that name. */
    public Optional<ConnectorStatus> status(String name) {
        try {
            JsonNode answer = call("GET", "/connectors/" + encode(name) + "/status", null);
            return Optional.of(json.treeToValue(answer, ConnectorStatus.class));
        } catch (ConnectRefusedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        } catch (JsonProcessingException e) {
            throw new ConnectRefusedException(
                    502, "Kafka Connect's answer is not understood: " + e.getOriginalMessage());
        }
    }

    /** Where a source connector is, as it has been committed; needs Kafka Connect 3.6. */
    public List<SourceOffset> offsets(String name) {
        List<SourceOffset> offsets = new ArrayList<>();
        JsonNode answer = call("GET", "/connectors/" + encode(name) + "/offsets", null);
        for (JsonNode offset : answer.path("offsets")) {
            offsets.add(new SourceOffset(map(offset.path("partition")), map(offset.path("offset"))));
        }
        return offsets;
    }

    private Map<String, @Nullable Object> map(JsonNode node) {
        return node.isObject() ? json.convertValue(node, new TypeReference<>() {}) : Map.of();
    }

    /** Deletes a connector; nothing happens if there is none. */
    public void delete(String name) {
        try {
            call("DELETE", "/connectors/" + encode(name), null);
        } catch (ConnectRefusedException e) {
            if (e.status() != 404) {
                throw e;
            }
        }
    }

    /** Pauses a connector: its tasks stay, and read nothing. */
    public void pause(String name) {
        call("PUT", "/connectors/" + encode(name) + "/pause", null);
    }

    /** Resumes a paused connector. */
    public void resume(String name) {
        call("PUT", "/connectors/" + encode(name) + "/resume", null);
    }

    /** Restarts a connector and those of its tasks that failed. */
    public void restart(String name) {
        call("POST", "/connectors/" + encode(name) + "/restart?includeTasks=true&onlyFailed=true", null);
    }

    private JsonNode call(String method, String path, @Nullable Object body) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(ANSWER_TIMEOUT)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                    .build();
            return answer(http.send(request, BodyHandlers.ofByteArray()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw new ConnectUnreachableException(url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectUnreachableException(url, e);
        }
    }

    private JsonNode answer(HttpResponse<byte[]> response) throws IOException {
        if (response.statusCode() < 300) {
            return response.body().length == 0 ? NullNode.getInstance() : json.readTree(response.body());
        }
        String message = message(response.body());
        throw new ConnectRefusedException(
                response.statusCode(),
                message.isBlank() ? "HTTP " + response.statusCode() + ", as it does while it starts" : message);
    }

    private String message(byte[] body) {
        try {
            return json.readTree(body).path("message").asText(new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
