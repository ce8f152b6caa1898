package io.flywatch.cdc.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.change.Json;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.target.TargetContract;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** MongoDB as a target: the stand-in, or the server that FLYWATCH_TEST_MONGODB_URI names. */
@TestInstance(Lifecycle.PER_CLASS)
class MongoTargetIT extends TargetContract {
    private static final JsonWriterSettings EXTENDED =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    static final String DATABASE = "contract_" + UUID.randomUUID().toString().substring(0, 8);

    private @Nullable AutoCloseable owned;

    @SuppressWarnings("NullAway.Init")
    protected Server server;

    /** The server's connection string; what it starts is closed in the end. */
    String open(Consumer<AutoCloseable> closing) {
        return TestedServer.uri(closing);
    }

    @BeforeAll
    void start() {
        server = TestedServer.open("contract", open(it -> owned = it));
    }

    @AfterAll
    void stop() throws Exception {
        server.database(DATABASE).drop();
        server.close();
        if (owned != null) {
            owned.close();
        }
    }

    @Override
    protected Target target() {
        return new MongoTarget(server, DATABASE, Clock.systemUTC());
    }

    @Override
    protected String document(String table, String id) {
        Object wanted = id.length() == 24 ? new ObjectId(id) : id.equals("7") ? (Object) 7L : id;
        BsonDocument found = server.database(DATABASE)
                .getCollection(table, BsonDocument.class)
                .find(new Document("_id", wanted))
                .first();
        return found == null ? "missing" : found.toJson(EXTENDED);
    }

    @Override
    protected Row poison(long id) {
        return row(id, "deeper than a document may be", "1.00", new Json("[".repeat(120) + "]".repeat(120)));
    }

    @Override
    protected @Nullable String value(String table, long id, String column) {
        Document document = server.database(DATABASE)
                .getCollection(table)
                .find(new Document("_id", id))
                .first();
        if (document == null || !document.containsKey(column)) {
            return "missing";
        }
        return document.get(column) == null ? null : String.valueOf(document.get(column));
    }

    @Override
    protected Map<Long, List<@Nullable String>> rows(String table) {
        Map<Long, List<@Nullable String>> rows = new TreeMap<>();
        for (Document document : server.database(DATABASE).getCollection(table).find()) {
            List<@Nullable String> columns = new ArrayList<>();
            columns.add(document.getString("name"));
            Decimal128 amount = document.get("amount", Decimal128.class);
            columns.add(amount == null ? null : amount.bigDecimalValue().toPlainString());
            columns.add(document.getString("note"));
            rows.put(document.getLong("_id"), columns);
        }
        return rows;
    }

    @Test
    void fillsALargeCollectionPageByPageWhateverItsIds() {
        Session session = new Session(server.database(DATABASE), null);
        MongoCollection<BsonDocument> documents = session.collection("large");
        List<BsonDocument> many = new ArrayList<>();
        for (int i = 0; i < 10_001; i++) {
            BsonValue id = i % 2 == 0 ? new BsonInt64(i) : new BsonString("key-" + i);
            many.add(new BsonDocument("_id", id).append("name", new BsonString("n")));
        }
        documents.insertMany(many);
        CollectionFields fields = new CollectionFields();

        fields.ready(session, "large", List.of(Shape.untyped(List.of("name"))), () -> {});
        assertThat(documents.countDocuments(new Document("size", new Document("$exists", true))))
                .isZero();
        fields.ready(session, "large", List.of(Shape.untyped(List.of("name", "size"))), () -> {});

        assertThat(documents.countDocuments(new Document("size", new Document("$exists", true))))
                .isEqualTo(10_001);
    }

    /** The stand-ins make no such collections: what a server would tell of one is told by the test. */
    @Test
    void writesNothingToACollectionThatKeepsNoRowsUntilThereIsAnother() {
        List<Optional<BsonDocument>> told = new ArrayList<>(List.of(
                Optional.of(BsonDocument.parse("{name: 't', type: 'collection', options: {capped: true, size: 4096}}")),
                Optional.empty()));
        Target target =
                new MongoTarget(server, DATABASE, Clock.systemUTC(), new CollectionFitness(name -> told.removeFirst()));
        long epoch = begun(target);
        put(row(1, "one", "1.00", null));
        Batch batch = batch(epoch, 0, 1);

        assertThat(target.apply(batch))
                .isInstanceOfSatisfying(
                        Outcome.Away.class,
                        away -> assertThat(away.reason()).contains("is a capped collection", "name another one"));
        assertThat(rows(table)).isEmpty();

        assertThat(target.apply(batch)).isInstanceOf(Outcome.Applied.class);
        assertThat(rows(table)).containsOnlyKeys(1L);
    }
}
