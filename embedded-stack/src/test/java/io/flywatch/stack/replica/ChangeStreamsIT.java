package io.flywatch.stack.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.mongodb.MongoCommandException;
import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.FullDocument;
import com.mongodb.client.model.changestream.OperationType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Followed by the driver. */
class ChangeStreamsIT {
    private final ReplicaSetStandIn server = ReplicaSetStandIn.startWithChangeStreams();
    private final MongoClient client = MongoClients.create(server.uri());
    private final MongoCollection<Document> things = client.getDatabase("test").getCollection("things");

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static MongoChangeStreamCursor<ChangeStreamDocument<Document>> follow(
            ChangeStreamIterable<Document> stream) {
        return stream.fullDocument(FullDocument.UPDATE_LOOKUP).cursor();
    }

    private static List<ChangeStreamDocument<Document>> told(
            MongoChangeStreamCursor<ChangeStreamDocument<Document>> cursor, int count) {
        List<ChangeStreamDocument<Document>> told = new ArrayList<>();
        while (told.size() < count) {
            told.add(cursor.next());
        }
        return told;
    }

    @Test
    void tellsEachChangeInItsOrder() {
        try (var cursor = follow(things.watch())) {
            things.insertOne(new Document("_id", 1).append("n", 0).append("gone", 1));
            things.updateOne(Filters.eq("_id", 1), Updates.combine(Updates.set("n", 1), Updates.unset("gone")));
            things.updateOne(Filters.eq("_id", 1), Updates.set("n", 1));
            things.replaceOne(Filters.eq("_id", 2), new Document("_id", 2), new ReplaceOptions().upsert(true));
            things.replaceOne(Filters.eq("_id", 2), new Document("_id", 2).append("n", 9));
            things.findOneAndUpdate(Filters.eq("_id", 2), Updates.inc("n", 1));
            things.deleteOne(Filters.eq("_id", 2));
            client.getDatabase("test").getCollection("others").insertOne(new Document());

            List<ChangeStreamDocument<Document>> told = told(cursor, 6);

            assertThat(told)
                    .extracting(
                            ChangeStreamDocument::getOperationType,
                            it -> it.getDocumentKey().getInt32("_id").getValue(),
                            ChangeStreamDocument::getFullDocument)
                    .containsExactly(
                            tuple(
                                    OperationType.INSERT,
                                    1,
                                    new Document("_id", 1).append("n", 0).append("gone", 1)),
                            tuple(OperationType.UPDATE, 1, new Document("_id", 1).append("n", 1)),
                            tuple(OperationType.INSERT, 2, new Document("_id", 2)),
                            tuple(OperationType.REPLACE, 2, new Document("_id", 2).append("n", 9)),
                            tuple(OperationType.UPDATE, 2, null),
                            tuple(OperationType.DELETE, 2, null));
            assertThat(told.get(1).getUpdateDescription().getUpdatedFields()).isEqualTo(BsonDocument.parse("{n: 1}"));
            assertThat(told.get(1).getUpdateDescription().getRemovedFields()).containsExactly("gone");
            assertThat(told)
                    .extracting(ChangeStreamDocument::getClusterTime)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(cursor.tryNext()).isNull();
        }
    }

    @Test
    void tellsATransactionOnceItIsCommittedStatementByStatementAtOneTime() {
        things.insertMany(List.of(new Document("_id", 1), new Document("_id", 2)));
        try (var cursor = follow(client.watch());
                ClientSession session = client.startSession()) {
            session.startTransaction();
            things.deleteOne(session, Filters.eq("_id", 1));
            things.insertOne(session, new Document("_id", 1).append("n", 1));
            things.updateMany(session, Filters.exists("_id"), Updates.set("m", 2));
            assertThat(cursor.tryNext()).isNull();
            session.commitTransaction();
            session.startTransaction();
            things.deleteMany(session, new Document());
            session.abortTransaction();

            List<ChangeStreamDocument<Document>> told = told(cursor, 4);

            assertThat(told)
                    .extracting(ChangeStreamDocument::getOperationType)
                    .containsExactly(
                            OperationType.DELETE, OperationType.INSERT, OperationType.UPDATE, OperationType.UPDATE);
            assertThat(told)
                    .extracting(ChangeStreamDocument::getClusterTime)
                    .containsOnly(told.getFirst().getClusterTime());
            assertThat(told).extracting(ChangeStreamDocument::getTxnNumber).doesNotContainNull();
            assertThat(cursor.tryNext()).isNull();
        }
    }

    @Test
    void goesOnBehindATokenAsLongAsThatIsKept() {
        BsonDocument token;
        try (var cursor = follow(things.watch())) {
            things.insertMany(List.of(new Document("_id", 1), new Document("_id", 2)));
            token = cursor.next().getResumeToken();
        }
        things.deleteOne(Filters.eq("_id", 1));

        try (var cursor = follow(things.watch().resumeAfter(token))) {
            assertThat(told(cursor, 2))
                    .extracting(ChangeStreamDocument::getOperationType)
                    .containsExactly(OperationType.INSERT, OperationType.DELETE);
            server.stepDown(Duration.ofMillis(100));
            things.insertOne(new Document("_id", 3));
            assertThat(cursor.next().getDocumentKey()).isEqualTo(BsonDocument.parse("{_id: 3}"));
        }
        server.forgetChanges();
        assertThatThrownBy(() -> follow(things.watch().resumeAfter(token)).close())
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        it -> assertThat(it.getErrorCode()).isEqualTo(286));
    }

    @Test
    void choosesAmongEventsByTheirNamespaces() {
        var stages = List.of(
                Aggregates.replaceRoot(new Document(Map.of(
                        "namespace", new Document("$concat", List.of("$ns.db", ".", "$ns.coll")), "event", "$$ROOT"))),
                Aggregates.match(Filters.and(
                        Filters.regex("namespace", "^test\\.things$", "i"),
                        Filters.in("event.operationType", "insert", "delete"))),
                Aggregates.replaceRoot("$event"));
        try (var cursor = follow(client.watch(stages))) {
            client.getDatabase("test").getCollection("others").insertOne(new Document("_id", 0));
            things.insertOne(new Document("_id", 1).append("price", "$5"));
            things.updateOne(Filters.eq("_id", 1), Updates.set("n", 1));
            things.deleteOne(Filters.eq("_id", 1));

            assertThat(told(cursor, 2))
                    .extracting(ChangeStreamDocument::getOperationType)
                    .containsExactly(OperationType.INSERT, OperationType.DELETE);
        }
    }
}
