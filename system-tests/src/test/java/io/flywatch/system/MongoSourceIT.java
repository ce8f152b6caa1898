package io.flywatch.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import io.flywatch.stack.replica.ReplicaSetStandIn;
import io.flywatch.system.stand.Layout;
import io.flywatch.system.stand.Replication;
import io.flywatch.system.stand.ReplicationSetup;
import io.flywatch.system.stand.Waiting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A MongoDB moved to a PostgreSQL while it is written to, by Debezium's own connector, with the processor killed and the primary
 * stepping down on the way. The MongoDB is what {@code FLYWATCH_TEST_MONGODB_URI} names, else the stand-in for a replica set.
 */
class MongoSourceIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int BEFORE = 2_000;
    private static final int CHANGES = 1_000;

    private final Random random = new Random(20);

    @Test
    void isEqualAfterSnapshotAndStreamOverAKilledProcessor() throws Exception {
        String named = System.getenv("FLYWATCH_TEST_MONGODB_URI");
        try (ReplicaSetStandIn standIn = named == null ? ReplicaSetStandIn.startWithChangeStreams() : null) {
            isEqualAfterSnapshotAndStream(named == null ? standIn.uri() : named, standIn);
        }
    }

    private void isEqualAfterSnapshotAndStream(String uri, @Nullable ReplicaSetStandIn standIn) throws Exception {
        try (MongoClient client = MongoClients.create(uri)) {
            client.getDatabase("shop").drop();
            MongoCollection<BsonDocument> people =
                    client.getDatabase("shop").getCollection("people", BsonDocument.class);
            for (int i = 0; i < BEFORE; i++) {
                people.insertOne(person(i));
            }
            try (Replication replication = Replication.start(new ReplicationSetup(
                    Layout.target("mongodb-source"),
                    uri,
                    "postgresql",
                    List.of(),
                    List.of(),
                    Map.of(),
                    List.of("-Xmx256m")))) {
                change(client, people);
                replication.killProcessor("one");
                change(client, people);
                replication.startProcessor("one");
                replication.awaitStreaming(LIMIT);
                change(client, people);
                if (standIn != null) {
                    standIn.stepDown(Duration.ofSeconds(2));
                    change(client, people);
                }

                Waiting.until(
                        LIMIT,
                        "source and target are equal",
                        () -> target(replication).equals(source(people)));
                Waiting.until(
                        LIMIT,
                        "the heartbeat travels",
                        () -> replication
                                        .lag("one")
                                        .findPath("stalenessSeconds")
                                        .asDouble(Double.MAX_VALUE)
                                < 10);
                assertThat(target(replication)).isEqualTo(source(people));
            }
        }
    }

    private BsonDocument person(int id) {
        BsonDocument person = new BsonDocument("_id", new BsonInt32(id))
                .append("n", new BsonInt64(random.nextLong()))
                .append("price", new BsonDecimal128(Decimal128.parse("9.9" + random.nextInt(10))))
                .append("at", new BsonDateTime(random.nextLong(2_000_000_000_000L)))
                .append("bytes", new BsonBinary(new byte[] {1, 2, (byte) random.nextInt()}))
                .append("name", new BsonString("Zoë 🚚 " + random.nextInt()))
                .append("tags", new BsonArray(List.of(BsonNull.VALUE, new BsonInt32(random.nextInt()))));
        if (random.nextBoolean()) {
            person.append("sometimes", BsonNull.VALUE);
        }
        return person;
    }

    private void change(MongoClient client, MongoCollection<BsonDocument> people) {
        for (int i = 0; i < CHANGES; i++) {
            int id = random.nextInt(BEFORE + CHANGES);
            BsonDocument byId = new BsonDocument("_id", new BsonInt32(id));
            switch (random.nextInt(4)) {
                case 0 -> people.deleteOne(byId);
                case 1 -> people.updateOne(byId, new BsonDocument("$set", new BsonDocument("n", new BsonInt64(i))));
                case 2 -> inTransaction(client, people, byId, id);
                default -> people.replaceOne(byId, person(id), new ReplaceOptions().upsert(true));
            }
        }
    }

    private void inTransaction(MongoClient client, MongoCollection<BsonDocument> people, BsonDocument byId, int id) {
        BsonDocument next = person(id);
        try (ClientSession session = client.startSession()) {
            session.withTransaction(() -> {
                people.deleteOne(session, byId);
                people.insertOne(session, next);
                return people.updateOne(
                        session, byId, new BsonDocument("$unset", new BsonDocument("tags", new BsonString(""))));
            });
        }
    }

    private static Map<String, BsonDocument> source(MongoCollection<BsonDocument> people) {
        Map<String, BsonDocument> documents = new TreeMap<>();
        people.find()
                .forEach(document ->
                        documents.put(Integer.toString(document.getInt32("_id").getValue()), document));
        return documents;
    }

    private static Map<String, BsonDocument> target(Replication replication) {
        Map<String, BsonDocument> documents = new TreeMap<>();
        try (Connection connection = replication.target().connect().orElseThrow();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select _id, document from people")) {
            while (rows.next()) {
                documents.put(rows.getString(1), BsonDocument.parse(rows.getString(2)));
            }
            return documents;
        } catch (SQLException notYet) {
            return documents;
        }
    }
}
