package io.flywatch.cdc.adapter.mongo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.flywatch.cdc.apply.Batch;
import io.flywatch.cdc.apply.Outcome;
import io.flywatch.cdc.apply.Target;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Json;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Shape;
import io.flywatch.cdc.change.Unavailable;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.target.TargetContract;
import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.ColumnRule.Action;
import io.flywatch.events.pipeline.DocumentKey;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.stack.MongoStandIn;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.BsonDecimal128;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        String named = System.getenv("FLYWATCH_TEST_MONGODB_URI");
        if (named != null && !named.isBlank()) {
            return named;
        }
        MongoStandIn started = MongoStandIn.start();
        closing.accept(started);
        return started.uri();
    }

    @BeforeAll
    void start() {
        server = new Server(
                "contract",
                MongoClients.create(MongoClientSettings.builder()
                        .applyConnectionString(new ConnectionString(open(it -> owned = it)))
                        .applyToServerSettings(it -> it.minHeartbeatFrequency(20, TimeUnit.MILLISECONDS))
                        .writeConcern(WriteConcern.MAJORITY)
                        .build()));
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

    /** As a mapping makes them: with a large value that a change leaves out, under a new key, and with a column that is added. */
    @Test
    void keepsFieldsInsideOfDocumentsThroughEveryKindOfChange() {
        TableMapping mapping = TableMapping.of(
                new TableRoute(
                        "s.t",
                        table,
                        List.of("id"),
                        List.of(
                                new ColumnRule("name", "who.name", Action.KEEP, null),
                                new ColumnRule("note", "who.more.note", Action.KEEP, null)),
                        null),
                null);
        Target target = target();
        long epoch = begun(target);
        nested(mapping, row(1, "one", "1.00", "large"));
        nested(mapping, row(2, "two", "1.00", "large"));
        applied(target, epoch, 0, 1);
        nested(mapping, row(1, "first", "1.00", Unavailable.VALUE));
        applied(target, epoch, 1, 2);
        assertThat(inside(1)).isEqualTo(BsonDocument.parse("{name: 'first', more: {note: 'large'}}"));

        changes.add(new Change.Delete(key(2), key(3)));
        changes.add(new Change.Put(key(3), mapping.row(row(3, "moved", "1.00", Unavailable.VALUE)), key(2)));
        applied(target, epoch, 2, 3);
        assertThat(inside(3)).isEqualTo(BsonDocument.parse("{name: 'moved', more: {note: 'large'}}"));
        assertThat(rows(table)).containsOnlyKeys(1L, 3L);

        Shape wider = new Shape(
                List.of("id", "name", "amount", "note", "added"),
                Stream.concat(SHAPE.types().stream(), Stream.of(type("TEXT", -1, -1, "string")))
                        .toList(),
                Arrays.asList(null, null, null, null, "initial"));
        TableMapping grown = TableMapping.of(
                new TableRoute(
                        "s.t",
                        table,
                        List.of("id"),
                        List.of(
                                new ColumnRule("name", "who.name", Action.KEEP, null),
                                new ColumnRule("note", "who.more.note", Action.KEEP, null),
                                new ColumnRule("added", "who.added", Action.KEEP, null)),
                        null),
                null);
        changes.add(
                new Change.Put(key(4), grown.row(new Row(wider, 4L, "four", new BigDecimal("1.00"), "n", "a")), null));
        applied(target, epoch, 3, 4);

        assertThat(inside(4)).isEqualTo(BsonDocument.parse("{name: 'four', more: {note: 'n'}, added: 'a'}"));
        assertThat(inside(1)).isEqualTo(BsonDocument.parse("{name: 'first', more: {note: 'large'}, added: 'initial'}"));
    }

    @ParameterizedTest
    @CsvSource({"DOCUMENT, true", "DOCUMENT, false", "VALUE, false"})
    void keepsEachShapeOfIdThroughEveryKindOfChange(DocumentKey.Form form, boolean asFields) {
        server.database(DATABASE).drop();
        TableMapping mapping = TableMapping.of(
                new TableRoute("s.t", table, List.of("id"), null, null, null, new DocumentKey(form, asFields)), null);
        Target target = target();
        long epoch = begun(target);
        for (long id = 1; id <= 4; id++) {
            changes.add(new Change.Put(mapping.key(key(id)), mapping.row(row(id, "n" + id, "1.00", "large")), null));
        }
        applied(target, epoch, 0, 4);
        Shape narrow = new Shape(
                List.of("id", "note"),
                List.of(SHAPE.types().getFirst(), SHAPE.types().getLast()));
        changes.add(new Change.Put(mapping.key(key(1)), mapping.row(row(1, "first", "1.00", Unavailable.VALUE)), null));
        changes.add(new Change.Put(mapping.key(key(2)), mapping.row(new Row(narrow, 2L, Unavailable.VALUE)), null));
        changes.add(new Change.Delete(mapping.key(key(3)), mapping.key(key(30))));
        changes.add(new Change.Put(
                mapping.key(key(30)), mapping.row(row(30, "moved", "1.00", Unavailable.VALUE)), mapping.key(key(3))));
        applied(target, epoch, 4, 8);
        // The other half of a move comes in a batch of its own.
        changes.add(new Change.Delete(mapping.key(key(4)), mapping.key(key(40))));
        applied(target, epoch, 8, 9);
        changes.add(new Change.Put(
                mapping.key(key(40)), mapping.row(row(40, "later", "1.00", Unavailable.VALUE)), mapping.key(key(4))));
        changes.add(new Change.Delete(mapping.key(key(2)), null));
        changes.add(new Change.Delete(mapping.key(key(2)), null));
        applied(target, epoch, 9, 12);

        List<BsonDocument> all = server.database(DATABASE)
                .getCollection(table, BsonDocument.class)
                .find()
                .sort(new Document("_id", 1))
                .into(new ArrayList<>());
        assertThat(all)
                .containsExactlyElementsOf(Stream.of("1 first", "30 moved", "40 later")
                        .map(one -> shaped(one.split(" "), form, asFields))
                        .toList());
    }

    private static BsonDocument shaped(String[] row, DocumentKey.Form form, boolean asFields) {
        BsonValue id = new BsonInt64(Long.parseLong(row[0]));
        BsonDocument document =
                new BsonDocument("_id", form == DocumentKey.Form.DOCUMENT ? new BsonDocument("id", id) : id);
        if (asFields) {
            document.append("id", id);
        }
        return document.append("name", new BsonString(row[1]))
                .append("amount", new BsonDecimal128(Decimal128.parse("1.00")))
                .append("note", new BsonString("large"));
    }

    private void nested(TableMapping mapping, Row row) {
        changes.add(new Change.Put(key((Long) requireNonNull(row.value(0))), mapping.row(row), null));
    }

    private BsonDocument inside(long id) {
        BsonDocument found = server.database(DATABASE)
                .getCollection(table, BsonDocument.class)
                .find(new BsonDocument("_id", new BsonInt64(id)))
                .first();
        return requireNonNull(found).getDocument("who");
    }
}
