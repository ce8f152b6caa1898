package io.flywatch.alerts.adapter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flywatch.alerts.AlertsConfig.DeliveryConfig;
import io.flywatch.alerts.adapter.http.Answer.Answered;
import io.flywatch.alerts.adapter.http.Answer.Silent;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** Posts JSON and waits for the answer. Addresses may hold secrets: they appear in no text that comes out of here. */
@Singleton
public final class JsonPost {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
    private static final int MOST_OF_BODY = 4096;

    private final ObjectMapper json;
    private final Duration timeout;
    private final HttpClient client;
    private final Clock clock = Clock.systemUTC();

    JsonPost(ObjectMapper json, DeliveryConfig config) {
        this.json = json;
        this.timeout = config.timeout();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN)
                .followRedirects(Redirect.NEVER)
                .build();
    }

    /** An empty object to write a body into. */
    public ObjectNode object() {
        return json.createObjectNode();
    }

    /** Any value as JSON. */
    public JsonNode tree(Object value) {
        return json.valueToTree(value);
    }

    /** Posts, and waits. */
    public Answer post(URI to, JsonNode body) {
        HttpRequest request = HttpRequest.newBuilder(to)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("User-Agent", "flywatch")
                .POST(BodyPublishers.ofString(text(body)))
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            return answered(response);
        } catch (HttpTimeoutException e) {
            return new Silent("no answer in time");
        } catch (ConnectException e) {
            return new Silent("the connection was refused");
        } catch (IOException e) {
            return new Silent("the connection broke (" + e.getClass().getSimpleName() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Silent("interrupted");
        }
    }

    private Answered answered(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            String text = new String(body.readNBytes(MOST_OF_BODY), StandardCharsets.UTF_8);
            String retryAfter = response.headers().firstValue("Retry-After").orElse(null);
            return new Answered(response.statusCode(), text, RetryAfter.parse(retryAfter, clock.instant()));
        }
    }

    private String text(JsonNode body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
