package io.flywatch.quickstart.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Goes the way of a cutover by REST alone, as a person at night would: lets the stream stand still and go on, compares everything, says
 * that the writers have stopped, and asks the gate.
 */
public final class Cutover {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration CALL = Duration.ofSeconds(30);
    private static final Duration GATE = Duration.ofSeconds(90);
    private static final Set<String> FINAL = Set.of("equal", "mismatched", "unsettled", "failed", "cancelled");

    private final URI run;
    private final URI gate;
    private final URI verifications;
    private final ObjectMapper json;
    private final Set<String> without;

    /**
     * Asks nothing yet.
     *
     * @param run where the run is at the runner
     * @param processor the address of the cdc-processor
     * @param without conditions of the gate that can't be known here
     */
    public Cutover(URI run, String migration, String processor, ObjectMapper json, Set<String> without) {
        this.run = run;
        this.gate = run.resolve("/api/v1/migrations/" + migration + "/gate");
        this.verifications = URI.create(processor + "/api/v1/pipelines/" + migration + "/verifications");
        this.json = json;
        this.without = Set.copyOf(without);
    }

    /** What the gate says. */
    record Gate(boolean open, List<String> reasons) {}

    /** Lets the stream stand still; answers why not, if it does not within five minutes. */
    Optional<String> pause() throws InterruptedException {
        return become("pause", "paused");
    }

    /** Lets the stream go on. */
    Optional<String> resume() throws InterruptedException {
        return become("resume", "running");
    }

    private Optional<String> become(String order, String state) throws InterruptedException {
        call("POST", URI.create(run + "/" + order), "");
        boolean became = Check.await(
                LIMIT, () -> call("GET", run, "").path("state").asText().equals(state));
        return became ? Optional.empty() : Optional.of(order + ": the run did not become " + state);
    }

    /** Compares all rows; answers what came out. */
    String verify() throws InterruptedException {
        URI order = URI.create(verifications + "/"
                + call("POST", verifications, "{}").path("id").asText());
        Check.await(
                LIMIT, () -> FINAL.contains(call("GET", order, "").path("stage").asText()));
        JsonNode result = call("GET", order, "");
        return result.path("stage").asText() + ": " + result.path("reason").asText();
    }

    /** Says that nobody writes at the source any more. */
    void fence() {
        call("POST", URI.create(run + "/fence"), "");
    }

    /** The gate as it is now. */
    Gate look() {
        return gate("");
    }

    /** The gate when it is open, or after a minute and a half. */
    Gate await(Set<String> more) {
        Set<String> unasked = new TreeSet<>(without);
        unasked.addAll(more);
        return gate("?wait=" + GATE + (unasked.isEmpty() ? "" : "&without=" + String.join(",", unasked)));
    }

    private Gate gate(String query) {
        JsonNode answer = call("GET", URI.create(gate + query), "");
        List<String> reasons = new ArrayList<>();
        for (JsonNode condition : answer.path("conditions")) {
            if (!condition.path("verdict").asText().equals("holds")) {
                reasons.add(condition.path("name").asText() + ": "
                        + condition.path("evidence").asText());
            }
        }
        return new Gate(answer.path("open").asBoolean(), reasons);
    }

    private JsonNode call(String method, URI uri, String body) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(CALL.plus(GATE))
                    .header("Accept", "application/json, application/problem+json")
                    .header("Content-Type", "application/json")
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            JsonNode content = json.readTree(answer.body());
            // A closed gate is an answer, too.
            if (answer.statusCode() >= 400 && !content.has("conditions")) {
                throw new IllegalStateException(method + " " + uri + ": " + answer.statusCode() + " " + answer.body());
            }
            return content;
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + uri + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
