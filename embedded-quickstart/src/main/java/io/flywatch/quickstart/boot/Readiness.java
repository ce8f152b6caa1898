package io.flywatch.quickstart.boot;

import io.flywatch.quickstart.Refusal;
import io.flywatch.quickstart.process.Child;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Waits until a process answers that it is ready. */
final class Readiness {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(150);
    private static final int LOG_LINES = 15;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    void await(Child child, String url, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        String answer = "nothing answers at " + url;
        while (System.nanoTime() < end) {
            if (!child.isAlive()) {
                throw new Refusal(ended(child));
            }
            try {
                HttpResponse<String> response = http.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return;
                }
                answer = "it answers " + response.statusCode() + " "
                        + response.body().replaceAll("\\s+", " ");
            } catch (IOException e) {
                // Not yet.
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new Refusal("%s was not ready after %d s: %s%n%s"
                .formatted(child.name(), limit.toSeconds(), answer, lastLines(child)));
    }

    static String ended(Child child) {
        String code = child.isAlive() ? "" : " with code " + child.process().exitValue();
        return "%s ended by itself%s.%n%s".formatted(child.name(), code, lastLines(child));
    }

    private static String lastLines(Child child) {
        return "  The last lines of " + child.log() + ":\n    " + String.join("\n    ", child.lastLines(LOG_LINES));
    }
}
