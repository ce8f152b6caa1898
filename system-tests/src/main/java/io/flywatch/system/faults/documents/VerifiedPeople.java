package io.flywatch.system.faults.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.Waiting;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** Asks the processor whether source and target are equal, and damages a target that speaks SQL to see whether it is found and repaired. */
record VerifiedPeople(Replication replication, MongoCollection<BsonDocument> people) {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String ALL = "/verifications";
    private static final List<String> ENDS = List.of("equal", "mismatched", "unsettled", "failed", "cancelled");
    private static final int HOT = 20;

    /** What is wrong; documents are changed all the while. */
    List<String> differences() throws Exception {
        Instant before = Instant.now();
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> write(over));
        try {
            List<String> wrong = new ArrayList<>(ended(ALL, "{}", "equal").wrong());
            if (wrong.isEmpty() && replication.target().speaksSql()) {
                wrong.addAll(damaged());
            }
            wrong.addAll(ended(ALL, "{\"changedSince\": \"" + before + "\"}", "equal")
                    .wrong());
            return wrong;
        } finally {
            over.set(true);
            writer.join();
        }
    }

    private void write(AtomicBoolean over) {
        for (int i = 0; !over.get(); i++) {
            people.updateOne(
                    new BsonDocument("_id", new BsonString("hot " + i % HOT)),
                    new BsonDocument("$inc", new BsonDocument("n", new BsonInt64(1))),
                    new UpdateOptions().upsert(true));
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private List<String> damaged() throws Exception {
        List<String> ids = people.find(Filters.regex("_id", "^person "))
                .sort(new BsonDocument("_id", new BsonInt32(1)))
                .limit(2)
                .map(document -> document.getString("_id").getValue())
                .into(new ArrayList<>());
        damage(ids);
        Ended found = ended(ALL, "{}", "mismatched");
        if (!found.wrong().isEmpty()) {
            return found.wrong();
        }
        Set<String> told = new TreeSet<>();
        for (JsonNode one :
                replication.ask("GET", ALL + "/" + found.id() + "/mismatches").path("mismatches")) {
            told.add(one.path("kind").asText() + " " + one.path("key").path(0).asText());
        }
        List<String> wrong = new ArrayList<>();
        if (!told.equals(Set.of("missing " + ids.get(0), "different " + ids.get(1), "extra nobody"))) {
            wrong.add("found were " + told + " after " + ids + " were damaged");
        }
        wrong.addAll(ended(ALL + "/" + found.id() + "/repair", "{}", "equal").wrong());
        wrong.addAll(ended(ALL, "{}", "equal").wrong());
        return wrong;
    }

    private void damage(List<String> ids) throws SQLException {
        try (Connection connection = replication.target().connect().orElseThrow();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from people where _id = '" + ids.get(0) + "'");
            statement.execute("update people set document = '{\"n\": 1}' where _id = '" + ids.get(1) + "'");
            statement.execute("insert into people (_id, document) values ('nobody', '{}')");
        }
    }

    private record Ended(String id, List<String> wrong) {}

    private Ended ended(String path, String body, String stage) throws IOException, InterruptedException {
        JsonNode ordered = replication.order(path, body);
        String id = ordered.path("id").asText();
        if (id.isEmpty()) {
            return new Ended(id, List.of("no verification could be ordered: " + ordered));
        }
        Waiting.until(LIMIT, "the verification has ended", () -> ENDS.contains(look(id)));
        JsonNode result = replication.ask("GET", ALL + "/" + id);
        return new Ended(
                id,
                result.path("stage").asText().equals(stage)
                        ? List.of()
                        : List.of("the verification says " + result + " instead of " + stage + ": "
                                + replication.ask("GET", ALL + "/" + id + "/mismatches?limit=5")));
    }

    private String look(String id) {
        try {
            return replication.ask("GET", ALL + "/" + id).path("stage").asText();
        } catch (IOException notNow) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
