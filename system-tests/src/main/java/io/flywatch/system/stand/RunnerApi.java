package io.flywatch.system.stand;

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
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;

/** What a migration-runner is asked over REST. */
public final class RunnerApi implements AutoCloseable {
    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled");
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    RunnerApi(int port) {
        this.url = "http://127.0.0.1:" + port;
    }

    /** Asks once. */
    public HttpResponse<String> call(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** Starts a run; answers its path. */
    public String trigger(String migration) throws IOException, InterruptedException {
        return started("/api/v1/migrations/" + migration + "/runs", migration);
    }

    /** Undoes all that is applied after a version; answers the path of the run that does so. */
    public String rollBack(String migration, String after) throws IOException, InterruptedException {
        return started("/api/v1/migrations/" + migration + "/rollback?after=" + after, migration);
    }

    private String started(String path, String migration) throws IOException, InterruptedException {
        HttpResponse<String> answer = call("POST", path);
        if (answer.statusCode() != 202) {
            throw new IllegalStateException("the runner refuses: " + answer.statusCode() + " " + answer.body());
        }
        return "/api/v1/migrations/" + migration + "/runs/"
                + JSON.readTree(answer.body()).get("id").asText();
    }

    /** A run as it is now. */
    public JsonNode run(String path) throws IOException, InterruptedException {
        return JSON.readTree(call("GET", path).body());
    }

    /** The run's state, or an empty text if it can't be asked for now. */
    public String state(String run) throws InterruptedException {
        try {
            HttpResponse<String> answer = call("GET", run);
            return answer.statusCode() == 200
                    ? JSON.readTree(answer.body()).path("state").asText().toLowerCase(Locale.ROOT)
                    : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether it is known to have ended. */
    public boolean isEnded(String run) throws InterruptedException {
        return ENDS.contains(state(run));
    }

    /**
     * Waits for the end of a run.
     *
     * @throws IllegalStateException if it has another end than success, or none in time
     */
    public JsonNode awaitSuccess(String run, Duration limit) throws Exception {
        await("the run " + run + " ends", limit, () -> isEnded(run));
        JsonNode ended = run(run);
        if (!ended.path("state").asText().equalsIgnoreCase("succeeded")) {
            throw new IllegalStateException("the run " + ended.path("state").asText() + ": " + ended.path("failure"));
        }
        return ended;
    }

    /**
     * Waits.
     *
     * @throws IllegalStateException with what was waited for if it takes too long
     */
    public void await(String what, Duration limit, Callable<Boolean> check) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (check.call()) {
                    return;
                }
            } catch (IOException e) {
                // It does not answer yet.
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new IllegalStateException("waited " + limit + " in vain until " + what);
    }

    @Override
    public void close() {
        http.close();
    }
}
