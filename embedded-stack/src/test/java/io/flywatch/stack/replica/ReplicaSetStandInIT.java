package io.flywatch.stack.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.ValidationOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By the driver itself, as its specifications say. */
class ReplicaSetStandInIT {
    private static final TransactionOptions SNAPSHOT = TransactionOptions.builder()
            .readConcern(ReadConcern.SNAPSHOT)
            .writeConcern(WriteConcern.MAJORITY)
            .build();
    private static final Duration LIFETIME = Duration.ofSeconds(5);

    private final ReplicaSetStandIn server = ReplicaSetStandIn.start(Shape.REPLICA_SET, LIFETIME);
    private final MongoClient client = MongoClients.create(MongoClientSettings.builder()
            .applyConnectionString(new com.mongodb.ConnectionString(server.uri()))
            .applyToServerSettings(it -> it.minHeartbeatFrequency(10, TimeUnit.MILLISECONDS))
            .build());
    private final MongoCollection<Document> things = client.getDatabase("test").getCollection("things");

    @BeforeEach
    void fill() {
        things.insertMany(IntStream.range(0, 10).mapToObj(it -> thing(it, 0)).toList());
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static Document thing(int id, int n) {
        return new Document("_id", id).append("n", n);
    }

    private long with(int n) {
        return things.countDocuments(Filters.eq("n", n));
    }

    @Test
    void showsWhatATransactionWroteToNobodyElseBeforeItIsCommitted() {
        try (ClientSession session = client.startSession()) {
            session.startTransaction(SNAPSHOT);
            things.updateMany(session, Filters.lt("_id", 5), Updates.inc("n", 1));
            things.insertOne(session, thing(10, 1));
            things.deleteOne(session, Filters.eq("_id", 9));

            assertThat(things.countDocuments(session, Filters.eq("n", 1))).isEqualTo(6);
            assertThat(with(0)).isEqualTo(10);
            assertThat(things.countDocuments(session)).isEqualTo(10);
            assertThat(things.countDocuments()).isEqualTo(10);
            session.commitTransaction();
        }

        assertThat(with(1)).isEqualTo(6);
        assertThat(things.countDocuments(Filters.eq("_id", 9))).isZero();
    }

    @Test
    void leavesEverythingAsItWasWhenATransactionIsAborted() {
        try (ClientSession session = client.startSession()) {
            session.startTransaction(SNAPSHOT);
            things.updateMany(session, Filters.lt("_id", 5), List.of(Updates.set("n", 7)));
            things.replaceOne(session, Filters.eq("_id", 77), thing(77, 7), new ReplaceOptions().upsert(true));
            session.abortTransaction();
        }

        assertThat(with(0)).isEqualTo(10);
        assertThat(things.countDocuments()).isEqualTo(10);
    }

    @Test
    void readsAsOfItsBeginAndRefusesToWriteWhatWasWrittenSince() {
        try (ClientSession session = client.startSession()) {
            session.startTransaction(SNAPSHOT);
            assertThat(things.countDocuments(session, Filters.eq("n", 0))).isEqualTo(10);
            things.updateOne(Filters.eq("_id", 3), Updates.set("n", 1));

            assertThat(things.countDocuments(session, Filters.eq("n", 0))).isEqualTo(10);
            assertThatThrownBy(() -> things.updateOne(session, Filters.eq("_id", 3), Updates.inc("n", 1)))
                    .isInstanceOfSatisfying(MongoCommandException.class, e -> {
                        assertThat(e.getErrorCode()).isEqualTo(112);
                        assertThat(e.hasErrorLabel("TransientTransactionError")).isTrue();
                    });
            assertThatThrownBy(() -> things.countDocuments(session))
                    .satisfies(e -> assertThat(((MongoException) e).getCode()).isEqualTo(251));
        }

        assertThat(with(1)).isEqualTo(1);
    }

    @Test
    void letsOthersWaitForATransactionThatWritesTheSameDocument() throws Exception {
        try (ClientSession session = client.startSession();
                ClientSession other = client.startSession()) {
            session.startTransaction(SNAPSHOT);
            things.updateOne(session, Filters.eq("_id", 3), Updates.inc("n", 1));
            other.startTransaction(SNAPSHOT);
            assertThatThrownBy(() -> things.updateOne(other, Filters.eq("_id", 3), Updates.inc("n", 1)))
                    .satisfies(e -> assertThat(((MongoException) e).getCode()).isEqualTo(112));
            CompletableFuture<?> waits =
                    CompletableFuture.runAsync(() -> things.updateOne(Filters.eq("_id", 3), Updates.inc("n", 10)));

            session.commitTransaction();
            waits.get(60, TimeUnit.SECONDS);
        }

        assertThat(with(11)).isEqualTo(1);
    }

    @Test
    void endsATransactionThatIsOpenForTooLongThoughItsClientIsGone() {
        try (MongoClient lost = MongoClients.create(server.uri())) {
            ClientSession session = lost.startSession();
            session.startTransaction(SNAPSHOT);
            lost.getDatabase("test")
                    .getCollection("things")
                    .updateOne(session, Filters.eq("_id", 3), Updates.inc("n", 1));
            server.cut();

            things.updateOne(Filters.eq("_id", 3), Updates.inc("n", 10));

            assertThatThrownBy(session::commitTransaction).isInstanceOfSatisfying(MongoException.class, e -> {
                assertThat(e.getCode()).isEqualTo(251);
                assertThat(e.hasErrorLabel("TransientTransactionError")).isTrue();
            });
        }

        assertThat(with(10)).isEqualTo(1);
    }

    @Test
    void commitsOnceThoughTheAnswerIsLost() {
        server.fail(FailPoint.lostAnswer("commitTransaction"));
        try (ClientSession session = client.startSession()) {
            session.startTransaction(SNAPSHOT);
            things.updateMany(session, new Document(), Updates.inc("n", 1));

            session.commitTransaction();
        }

        assertThat(server.hasFailed()).isTrue();
        assertThat(with(1)).isEqualTo(10);
    }

    @Test
    void writesOnceThoughTheAnswerIsLost() {
        server.fail(FailPoint.lostAnswer("update"));

        things.updateOne(Filters.eq("_id", 1), Updates.inc("n", 1));
        server.fail(FailPoint.error(11602, "insert"));
        things.insertMany(List.of(thing(20, 5), thing(21, 5)));

        assertThat(server.hasFailed()).isTrue();
        assertThat(with(1)).isEqualTo(1);
        assertThat(with(5)).isEqualTo(2);
    }

    @Test
    void refusesInATransactionWhatTheRealServerRefuses() {
        for (Document command : List.of(
                new Document("count", "things"),
                new Document("aggregate", "things")
                        .append("pipeline", List.of(new Document("$out", "other")))
                        .append("cursor", new Document()),
                new Document("create", "other"),
                new Document("listCollections", 1))) {
            try (ClientSession session = client.startSession()) {
                session.startTransaction(SNAPSHOT);
                assertThatThrownBy(() -> client.getDatabase("test").runCommand(session, command))
                        .satisfies(
                                e -> assertThat(((MongoException) e).getCode()).isEqualTo(263));
            }
        }
    }

    @Test
    void endsATransactionWithTheFirstWriteThatIsRefused() {
        client.getDatabase("test")
                .createCollection(
                        "strict",
                        new CreateCollectionOptions()
                                .validationOptions(new ValidationOptions().validator(Filters.gte("n", 0))));
        MongoCollection<Document> strict = client.getDatabase("test").getCollection("strict");
        List<InsertOneModel<Document>> writes = List.of(
                new InsertOneModel<>(thing(1, 1)),
                new InsertOneModel<>(thing(2, -1)),
                new InsertOneModel<>(thing(3, -1)));
        try (ClientSession session = client.startSession()) {
            session.startTransaction(SNAPSHOT);

            assertThatThrownBy(() -> strict.bulkWrite(session, writes, new BulkWriteOptions().ordered(false)))
                    .isInstanceOfSatisfying(
                            MongoBulkWriteException.class,
                            e -> assertThat(e.getWriteErrors()).singleElement().satisfies(it -> {
                                assertThat(it.getCode()).isEqualTo(121);
                                assertThat(it.getIndex()).isEqualTo(1);
                            }));
            assertThatThrownBy(() -> strict.countDocuments(session))
                    .satisfies(e -> assertThat(((MongoException) e).getCode()).isEqualTo(251));
        }
        assertThat(strict.countDocuments()).isZero();
    }

    @Test
    void updatesByPipelineAndHasANewPrimaryAfterItStepsDown() {
        things.updateMany(
                Filters.lt("_id", 4),
                List.of(
                        new Document("$set", new Document("n", new Document("$add", List.of("$n", "$_id", 1)))),
                        new Document("$replaceWith", new Document("n", "$n"))));
        assertThat(things.find(Filters.eq("_id", 3)).first()).isEqualTo(thing(3, 4));

        try (ClientSession session = client.startSession()) {
            session.startTransaction(SNAPSHOT);
            things.updateOne(session, Filters.eq("_id", 8), Updates.set("n", 99));
            server.stepDown(Duration.ofMillis(200));
            assertThatThrownBy(session::commitTransaction)
                    .isInstanceOfSatisfying(
                            MongoException.class,
                            e -> assertThat(e.hasErrorLabel("TransientTransactionError"))
                                    .isTrue());
        }

        things.updateOne(Filters.eq("_id", 9), Updates.set("n", 5));
        assertThat(with(99)).isZero();
        assertThat(with(5)).isEqualTo(1);
    }

    @Test
    void isAloneOrARouterIfToldSo() {
        try (ReplicaSetStandIn alone = ReplicaSetStandIn.start(Shape.STANDALONE, LIFETIME);
                ReplicaSetStandIn router = ReplicaSetStandIn.start(Shape.MONGOS, LIFETIME);
                MongoClient atOne = MongoClients.create(alone.uri());
                MongoClient atOther = MongoClients.create(router.uri())) {
            MongoCollection<Document> there = atOne.getDatabase("test").getCollection("things");
            there.insertOne(thing(1, 1));
            there.updateOne(Filters.eq("_id", 1), List.of(new Document("$set", new Document("n", 2))));
            try (ClientSession session = atOne.startSession()) {
                session.startTransaction(SNAPSHOT);
                assertThatThrownBy(() -> there.insertOne(session, thing(2, 2))).isInstanceOf(MongoException.class);
            }
            MongoCollection<Document> routed = atOther.getDatabase("test").getCollection("things");
            try (ClientSession session = atOther.startSession()) {
                session.startTransaction(SNAPSHOT);
                routed.insertOne(session, thing(2, 2));
                session.commitTransaction();
            }

            assertThat(there.countDocuments(Filters.eq("n", 2))).isEqualTo(1);
            assertThat(routed.countDocuments()).isEqualTo(1);
        }
    }
}
