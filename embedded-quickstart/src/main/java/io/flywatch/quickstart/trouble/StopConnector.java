package io.flywatch.quickstart.trouble;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The connector is stopped through Kafka Connect, as somebody might by mistake. */
public final class StopConnector implements Trouble {

    private final HttpClient http = HttpClient.newHttpClient();
    private final String connector;

    /** Stops the connector at this address, {@code …/connectors/<name>}. */
    public StopConnector(String connector) {
        this.connector = connector;
    }

    @Override
    public String name() {
        return "stop-connector";
    }

    @Override
    public String explanation() {
        return "the connector is stopped: changes wait in the source's log";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(40);
    }

    @Override
    public void begin() throws IOException, InterruptedException {
        put("stop");
    }

    @Override
    public void end() throws IOException, InterruptedException {
        put("resume");
    }

    private void put(String order) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(connector + "/" + order))
                        .PUT(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("Kafka Connect refused to " + order + " the connector: " + answer.body());
        }
    }
}
