package io.flywatch.stack.ordered;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers as the memory without an order does. */
class OrderedBackendIT {
    private static final int DOCUMENTS = 300;

    private final MongoServer plainServer = server(new MemoryBackend());
    private final MongoServer orderedServer = server(new OrderedBackend());
    private final MongoClient plainClient = MongoClients.create(plainServer.getConnectionString());
    private final MongoClient orderedClient = MongoClients.create(orderedServer.getConnectionString());
    private final MongoCollection<BsonDocument> plain = things(plainClient);
    private final MongoCollection<BsonDocument> ordered = things(orderedClient);
    private final Random random = new Random(7);

    private static MongoServer server(MongoBackend backend) {
        MongoServer server = new MongoServer(backend);
        server.bind("127.0.0.1", 0);
        return server;
    }

    private static MongoCollection<BsonDocument> things(MongoClient client) {
        return client.getDatabase("test").getCollection("things", BsonDocument.class);
    }

    @AfterEach
    void close() {
        plainClient.close();
        orderedClient.close();
        plainServer.shutdownNow();
        orderedServer.shutdownNow();
    }

    @Test
    void findsTheSameByRangesAndListsOfIdsOfAllTypes() {
        both(it -> it.insertMany(
                IntStream.range(0, DOCUMENTS).mapToObj(OrderedBackendIT::thing).toList()));

        for (int round = 0; round < 120; round++) {
            BsonDocument query = query();
            assertSame(query);
            if (round % 10 == 9) {
                both(it -> it.deleteMany(query));
                BsonDocument one = thing(DOCUMENTS + round);
                both(it -> it.insertOne(one));
            } else if (round % 3 == 0) {
                both(it -> it.updateMany(query, Updates.inc("n", 1)));
            }
        }

        assertThat(ordered.countDocuments()).isEqualTo(plain.countDocuments()).isPositive();
    }

    private void both(java.util.function.Consumer<MongoCollection<BsonDocument>> change) {
        change.accept(plain);
        change.accept(ordered);
    }

    private void assertSame(BsonDocument query) {
        int direction = random.nextBoolean() ? 1 : -1;
        int limit = random.nextInt(1, 30);
        assertThat(sorted(ordered, query, direction).into(new ArrayList<>()))
                .as("%s", query)
                .isEqualTo(sorted(plain, query, direction).into(new ArrayList<>()));
        assertThat(sorted(ordered, query, direction).skip(3).limit(limit).into(new ArrayList<>()))
                .isEqualTo(sorted(plain, query, direction).skip(3).limit(limit).into(new ArrayList<>()));
        assertThat(ordered.find(query).into(new ArrayList<>()))
                .containsExactlyInAnyOrderElementsOf(plain.find(query).into(new ArrayList<>()));
        assertThat(ordered.find(query)
                        .sort(Filters.eq("n", direction))
                        .map(it -> it.get("n"))
                        .into(new ArrayList<>()))
                .isEqualTo(plain.find(query)
                        .sort(Filters.eq("n", direction))
                        .map(it -> it.get("n"))
                        .into(new ArrayList<>()));
        assertThat(ordered.countDocuments(query)).isEqualTo(plain.countDocuments(query));
    }

    private static FindIterable<BsonDocument> sorted(
            MongoCollection<BsonDocument> things, BsonDocument query, int direction) {
        return things.find(query).sort(new Document("_id", direction));
    }

    private BsonDocument query() {
        BsonValue one = id(random.nextInt(DOCUMENTS + 20));
        BsonValue other = id(random.nextInt(DOCUMENTS + 20));
        BsonDocument odd = new BsonDocument("odd", new BsonInt32(1));
        BsonDocument range = new BsonDocument(random.nextBoolean() ? "$gt" : "$gte", one)
                .append(random.nextBoolean() ? "$lt" : "$lte", other);
        BsonDocument many = new BsonDocument(
                "$in",
                new BsonArray(random.ints(8, 0, DOCUMENTS)
                        .mapToObj(OrderedBackendIT::id)
                        .toList()));
        return switch (random.nextInt(8)) {
            case 0 -> odd;
            case 1 -> new BsonDocument("_id", one);
            case 2 -> new BsonDocument("_id", many).append("$and", new BsonArray(List.of(odd)));
            case 3 -> new BsonDocument("_id", range);
            case 4 -> new BsonDocument("_id", new BsonDocument("$gt", one)).append("odd", new BsonInt32(0));
            case 6 -> new BsonDocument("_id", one).append("odd", new BsonInt32(1));
            case 5 -> new BsonDocument("_id", new BsonDocument("$ne", one).append("$lte", other));
            default ->
                new BsonDocument(
                        "$and", new BsonArray(List.of(new BsonDocument("_id", range), new BsonDocument("_id", many))));
        };
    }

    private static BsonDocument thing(int number) {
        return new BsonDocument("_id", id(number))
                .append("n", new BsonInt32(number % 7))
                .append("odd", new BsonInt32(number % 2));
    }

    private static BsonValue id(int number) {
        Object id = switch (number % 6) {
            case 0 -> number;
            case 1 -> "k" + number;
            case 2 -> new ObjectId(number, number);
            case 3 -> number + 0.5;
            case 4 -> new Date(number * 1_000L);
            default -> new Document("a", number);
        };
        return java.util.Objects.requireNonNull(
                new Document("id", id).toBsonDocument().get("id"));
    }
}
