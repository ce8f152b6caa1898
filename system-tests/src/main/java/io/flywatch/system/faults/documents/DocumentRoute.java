package io.flywatch.system.faults.documents;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.flywatch.stack.replica.ReplicaSetStandIn;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.ReplicationSetup;
import io.flywatch.system.stand.Waiting;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A collection on its way by Debezium's own connector.
 *
 * @param target {@code postgresql}, {@code mariadb} or {@code mongodb}
 * @param uri a replica set that somebody runs, whose database {@code shop} is dropped; null for the stand-in
 */
public record DocumentRoute(String target, @Nullable String uri) {
    private static final String COLLECTION = "people";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final double FRESH = 10;

    /** What happens on the way. */
    private enum Trouble {
        KILL_PROCESSOR,
        RESTART_CONNECT,
        STEP_DOWN,
        CUT_SOURCE,
        RESET_TARGET
    }

    /**
     * Moves it while it is written to.
     *
     * @param troubles how many there are, beside a processor that is killed during the snapshot
     * @return what is wrong
     */
    public List<String> run(Random random, int troubles) throws Exception {
        if (uri != null) {
            return run(uri, null, random, troubles);
        }
        try (ReplicaSetStandIn standIn = ReplicaSetStandIn.startWithChangeStreams()) {
            return run(standIn.uri(), standIn, random, troubles);
        }
    }

    private List<String> run(String source, @Nullable ReplicaSetStandIn standIn, Random random, int troubles)
            throws Exception {
        try (MongoClient client = MongoClients.create(source)) {
            client.getDatabase("shop").drop();
            MongoCollection<BsonDocument> people =
                    client.getDatabase("shop").getCollection(COLLECTION, BsonDocument.class);
            PeopleLoad load = PeopleLoad.fill(client, people, random.nextLong());
            load.start();
            try (Replication replication = Replication.start(setup(source))) {
                try (load) {
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(1, 3_000));
                    replication.killProcessor("one");
                    replication.startProcessor("one");
                    replication.awaitStreaming(LIMIT);
                    for (int i = 0; i < troubles; i++) {
                        disturb(replication, standIn, random);
                        TimeUnit.SECONDS.sleep(2);
                    }
                }
                System.out.println(load.done() + " changes");
                return differences(replication, people);
            } finally {
                load.close();
            }
        }
    }

    private ReplicationSetup setup(String source) {
        return new ReplicationSetup(
                Layout.target("faults-documents-" + target),
                source,
                target,
                List.of(),
                List.of(),
                Map.of(),
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    }

    private static void disturb(Replication replication, @Nullable ReplicaSetStandIn standIn, Random random)
            throws InterruptedException {
        List<Trouble> possible = new ArrayList<>(Arrays.asList(Trouble.values()));
        if (standIn == null) {
            possible.removeAll(List.of(Trouble.STEP_DOWN, Trouble.CUT_SOURCE));
        }
        Trouble trouble = possible.get(random.nextInt(possible.size()));
        System.out.println(trouble);
        switch (trouble) {
            case KILL_PROCESSOR -> {
                replication.killProcessor("one");
                replication.startProcessor("one");
            }
            case RESTART_CONNECT -> replication.restartConnect();
            case STEP_DOWN ->
                java.util.Objects.requireNonNull(standIn).stepDown(Duration.ofMillis(random.nextInt(5_000)));
            case CUT_SOURCE -> java.util.Objects.requireNonNull(standIn).cut();
            case RESET_TARGET -> replication.proxy().reset();
        }
    }

    private static List<String> differences(Replication replication, MongoCollection<BsonDocument> people)
            throws Exception {
        try {
            Waiting.until(
                    LIMIT,
                    "source and target are equal",
                    () -> found(replication, people).isEmpty());
            Waiting.until(LIMIT, "the heartbeat travels", () -> staleness(replication) < FRESH);
        } catch (IllegalStateException late) {
            List<String> wrong = new ArrayList<>(found(replication, people));
            wrong.add(String.valueOf(late.getMessage()));
            return wrong;
        }
        List<String> wrong = new ArrayList<>(found(replication, people));
        return wrong.isEmpty() ? new VerifiedPeople(replication, people).differences() : wrong;
    }

    private static double staleness(Replication replication) throws InterruptedException {
        return replication.lag("one").findPath("stalenessSeconds").asDouble(Double.MAX_VALUE);
    }

    private static List<String> found(Replication replication, MongoCollection<BsonDocument> people) {
        Map<BsonValue, BsonDocument> is = new HashMap<>();
        try {
            for (BsonDocument document : replication.target().documents(COLLECTION)) {
                is.put(document.get("_id"), document);
            }
        } catch (SQLException notYet) {
            return List.of("the target has no such table: " + notYet.getMessage());
        }
        List<String> wrong = new ArrayList<>();
        for (BsonDocument should : people.find()) {
            BsonDocument found = is.remove(should.get("_id"));
            if (!should.equals(found)) {
                wrong.add("at the source " + should.toJson() + ", at the target "
                        + (found == null ? "nothing" : found.toJson()));
            }
        }
        is.keySet().forEach(extra -> wrong.add("at the target alone: " + extra));
        return wrong.size() > 3 ? List.of(wrong.size() + " differ, such as " + wrong.getFirst()) : wrong;
    }
}
