package io.flywatch.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Asks the packaged services over HTTP, as Prometheus and people do. */
final class Scraper {
    /** The services and their places after the base of the ports. */
    static final Map<String, Integer> SERVICES =
            Map.of("migration-runner", 0, "cdc-processor", 1, "anomaly-service", 2, "alert-dispatcher", 3);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final int portBase;

    Scraper(int portBase) {
        this.portBase = portBase;
    }

    /** The body of an answer 200; empty for any other answer, or none. */
    Optional<String> get(String service, String path) throws InterruptedException {
        try {
            HttpResponse<String> answer = send(service, path);
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The answer, whatever its status. */
    HttpResponse<String> send(String service, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + (portBase + SERVICES.get(service)) + path))
                // Otherwise the metrics come in OpenMetrics' format, in which a counter's family has another name.
                .header("Accept", "text/plain, application/json")
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
