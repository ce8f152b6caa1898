package io.flywatch.system.faults.cdc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoCollection;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.StandTarget;
import io.flywatch.system.stand.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.bson.Document;

/**
 * Spoils rows of the target and has their table read anew by the runner. Rows with a large value are left as they are: one that changes in
 * the moment in which it is read comes with that change alone, which does not have it.
 */
record ReadAnew(Replication replication) {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int ACCEPTED = 202;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns when it is asked for, and leaves it under way. */
    void strike(Random random) throws Exception {
        awaitEnd();
        int each = 2 + random.nextInt(4);
        // The target may be recovering from what befell it before.
        Waiting.until(LIMIT, "the target's rows can be spoilt", () -> isSpoilt(each));
        ask();
    }

    private boolean isSpoilt(int each) {
        try {
            spoil(each);
            return true;
        } catch (SQLException notNow) {
            return false;
        }
    }

    /** Waits until the last one that was asked for is done; one that a change of the table made impossible is asked for again. */
    void settle() throws Exception {
        for (JsonNode last = awaitEnd(); !last.path("state").asText().equals("done"); last = awaitEnd()) {
            if (!last.path("state").asText().equals("failed")) {
                throw new IllegalStateException("The snapshot ended: " + last);
            }
            ask();
        }
    }

    private JsonNode awaitEnd() throws Exception {
        try {
            Waiting.until(LIMIT, "no snapshot is under way", () -> !last().has("wish"));
        } catch (IllegalStateException late) {
            throw new IllegalStateException(late.getMessage() + ": " + last(), late);
        }
        return last();
    }

    /** The one that was asked for last; nothing if there is none. */
    private JsonNode last() {
        try {
            return JSON.readTree(call("GET", "").body()).path(0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The runner learns a little later than the processor that the first snapshot is complete. */
    private void ask() throws InterruptedException {
        String topic = replication.topic(Ground.ITEMS);
        String schema = topic.substring(0, topic.lastIndexOf('.'));
        String table = schema.substring(schema.lastIndexOf('.') + 1) + "." + Ground.ITEMS;
        Waiting.until(LIMIT, "the runner takes the request", () -> isTaken("{\"tables\": [\"" + table + "\"]}"));
    }

    private boolean isTaken(String request) throws InterruptedException {
        try {
            return call("POST", request).statusCode() == ACCEPTED;
        } catch (IOException notNow) {
            return false;
        }
    }

    private HttpResponse<String> call(String method, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(replication.run() + "/snapshots"))
                            .timeout(ANSWER)
                            .header("Content-Type", "application/json")
                            .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    /** Deletes some rows and overwrites others, whose versions stay, so that the book stays right. */
    private void spoil(int each) throws SQLException {
        if (replication.target() instanceof StandTarget.Mongo mongo) {
            MongoCollection<Document> items =
                    mongo.client().getDatabase(StandTarget.DATABASE).getCollection(Ground.ITEMS);
            items.deleteMany(
                    new Document("large", null).append("id", new Document("$mod", java.util.List.of(each, 0))));
            items.updateMany(
                    new Document("id", new Document("$mod", java.util.List.of(each, 1))),
                    new Document("$set", new Document("name", "spoilt")));
            return;
        }
        Optional<Connection> target = replication.target().connect();
        try (Connection connection = target.orElseThrow();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from items where large is null and id % " + each + " = 0");
            statement.execute("update items set name = 'spoilt' where id % " + each + " = 1");
        }
    }
}
