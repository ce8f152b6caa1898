package io.flywatch.quickstart;

import io.flywatch.quickstart.screen.Terminal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/** A quickstart in another terminal, which takes orders at its inbox. */
record RunningQuickstart(String url) {

    static RunningQuickstart at(Optional<String> url) {
        return new RunningQuickstart(
                url.orElseThrow(() -> new Refusal("It is still starting, or ending. Try again in a moment.")));
    }

    void breakThere(String trouble, Terminal terminal) {
        URI order = URI.create(url + "/break/" + trouble);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(order).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new Refusal(answer.body().strip());
            }
            terminal.say(answer.body().strip());
            terminal.say("The same by hand: curl -X POST " + order);
        } catch (IOException e) {
            throw new Refusal("It does not answer at " + url + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.", e);
        }
    }
}
