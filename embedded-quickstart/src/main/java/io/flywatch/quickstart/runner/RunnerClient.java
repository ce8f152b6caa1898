package io.flywatch.quickstart.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flywatch.quickstart.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts runs and follows them. */
public final class RunnerClient {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Set<String> FINAL = Set.of("succeeded", "failed", "cancelled");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final ObjectMapper json;

    /** Talks to the runner at this address. */
    public RunnerClient(String url, ObjectMapper json) {
        this.base = URI.create(url);
        this.json = json;
    }

    /**
     * Starts a run.
     *
     * @return where the run is
     * @throws Refusal with the runner's own words, if it refuses
     */
    public URI start(String migration) {
        HttpResponse<String> answer = call("POST", base.resolve("/api/v1/migrations/" + migration + "/runs"));
        String location = answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new Refusal("The runner started '" + migration + "' and did not say where."));
        return base.resolve(location);
    }

    /** Waits for the end of a run, and fails with its message unless it succeeded. */
    public void awaitSuccess(URI run, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            JsonNode state = look(run);
            String name = state.path("state").asText();
            if (FINAL.contains(name)) {
                if (!name.equals("succeeded")) {
                    throw new Refusal("The run at " + run + " " + name + ": " + reason(state));
                }
                return;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new Refusal("The run at " + run + " was not done within " + limit.toSeconds() + " s.");
    }

    /** The run as it is. */
    public JsonNode look(URI run) {
        HttpResponse<String> answer = call("GET", run);
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new Refusal("The runner's answer is not understood: " + answer.body(), e);
        }
    }

    /** Says that a standing replication is done: its connector goes, and what it left at the source. */
    public void finish(URI run) {
        call("POST", URI.create(run + "/finish"));
    }

    /** Why a run failed, in the runner's words. */
    public static String reason(JsonNode run) {
        JsonNode failure = run.path("failure");
        return failure.isObject()
                ? failure.path("message").asText(failure.toString())
                : failure.asText(run.path("message").asText(run.toString()));
    }

    private HttpResponse<String> call(String method, URI uri) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(uri)
                            .timeout(LIMIT)
                            .header("Accept", "application/json, application/problem+json")
                            .method(method, BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new Refusal(
                        "The runner refuses (" + method + " " + uri.getPath() + "): " + problem(answer.body()));
            }
            return answer;
        } catch (IOException e) {
            throw new Refusal("The runner does not answer at " + uri + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.", e);
        }
    }

    private String problem(String body) {
        try {
            JsonNode problem = json.readTree(body);
            String words = Stream.of("title", "detail", "remedy")
                    .map(field -> problem.path(field).asText(""))
                    .filter(text -> !text.isEmpty())
                    .map(text -> text.matches(".*[.!?]$") ? text : text + ".")
                    .collect(Collectors.joining(" "));
            return words.isEmpty() ? body : words;
        } catch (IOException e) {
            return body;
        }
    }
}
