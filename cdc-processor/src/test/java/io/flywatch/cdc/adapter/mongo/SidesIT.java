package io.flywatch.cdc.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.flywatch.cdc.adapter.verify.Compared;
import io.flywatch.cdc.adapter.verify.SqlTables;
import io.flywatch.cdc.adapter.verify.SqlTables.Opened;
import io.flywatch.cdc.embed.Family;
import io.flywatch.cdc.mapping.Mask;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.Kind;
import io.flywatch.cdc.verify.Mismatch;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.ColumnRule.Action;
import io.flywatch.events.pipeline.DocumentKey;
import io.flywatch.events.pipeline.DocumentKey.Form;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.MongoStandIn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of every kind of key, read from a real PostgreSQL and compared with documents. */
@SuppressWarnings("NullAway.Init") // set before all tests
class SidesIT {
    private static EmbeddedPostgres postgres;
    private static @Nullable MongoStandIn standIn;
    private static MongoClient mongo;

    @BeforeAll
    static void start(@TempDir Path dir) {
        postgres = EmbeddedPostgres.start(dir);
        String uri = System.getenv("FLYWATCH_TEST_MONGODB_URI");
        if (uri == null) {
            MongoStandIn started = MongoStandIn.start();
            standIn = started;
            uri = started.uri();
        }
        mongo = MongoClients.create(uri);
    }

    @AfterAll
    static void stop() {
        mongo.close();
        if (standIn != null) {
            standIn.close();
        }
        postgres.close();
    }

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of("k_int", "id int primary key", "i", List.of("id")),
                Arguments.of("k_long", "id bigint primary key", "i * 10000000000::bigint", List.of("id")),
                Arguments.of("k_uuid", "id uuid primary key", "md5(i::text)::uuid", List.of("id")),
                Arguments.of(
                        "k_text", "id text primary key", "chr(97 + i % 26) || ' ' || chr(200 + i) || i", List.of("id")),
                Arguments.of("k_bytes", "id text collate \"C\" primary key", "chr(97 + i % 26) || i", List.of("id")),
                Arguments.of("k_char", "id char(9) primary key", "'c' || i", List.of("id")),
                Arguments.of("k_numeric", "id numeric primary key", "i::numeric / 4", List.of("id")),
                Arguments.of(
                        "k_time",
                        "id timestamptz primary key",
                        "timestamptz '2024-01-01' + i * interval '1.000001 s'",
                        List.of("id")),
                Arguments.of("k_date", "id date primary key", "date '1999-12-01' + i", List.of("id")),
                Arguments.of("k_binary", "id bytea primary key", "decode(md5(i::text), 'hex')", List.of("id")),
                Arguments.of(
                        "k_pair",
                        "a int, b bigint, primary key (b, a)",
                        "i % 13 - 6, i % 7 - 3 + i",
                        List.of("b", "a")),
                Arguments.of("k_two", "a text, b int, primary key (b, a)", "'x,' || i % 7, i", List.of("b", "a")));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void findsEachDifferenceUnderEachKindOfKey(String name, String definition, String values, List<String> key)
            throws SQLException {
        execute(
                "create table " + name + " (" + definition + ", v text)",
                "insert into " + name + " select " + values + ", 'v' || i from generate_series(1, 1000) i");
        MongoCollection<BsonDocument> collection = mongo.getDatabase("sides").getCollection(name, BsonDocument.class);
        try (Opened opened = SqlTables.open(postgres.jdbcUrl("postgres"), "public." + name, key)) {
            opened.forEach((rowKey, change, row) -> collection.insertOne(Documents.of(change, row)));
            assertThat(verify(opened, collection))
                    .extracting(it -> it.key().text() + it.kind())
                    .isEmpty();

            List<BsonDocument> some = collection.find().limit(30).into(new ArrayList<>());
            collection.deleteOne(byId(some.get(3)));
            collection.deleteOne(byId(some.get(17)));
            collection.updateOne(byId(some.get(20)), BsonDocument.parse("{$set: {v: 'tampered'}}"));
            collection.insertOne(new BsonDocument("_id", new BsonObjectId()).append("v", new BsonString("foreign")));
            collection.insertOne(BsonDocument.parse("{_id: {no: 'key'}, v: 'foreign'}"));
            execute("delete from " + name + " where v = '"
                    + some.get(25).getString("v").getValue() + "'");

            assertThat(verify(opened, collection))
                    .extracting(Mismatch::kind)
                    .containsExactlyInAnyOrder(
                            Kind.MISSING, Kind.MISSING, Kind.DIFFERENT, Kind.EXTRA, Kind.EXTRA, Kind.EXTRA);
        }
    }

    private static BsonDocument byId(BsonDocument document) {
        return new BsonDocument("_id", document.get("_id"));
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of("s_one", "\"Id.no\" int", "i", List.of("Id.no"), new DocumentKey(Form.DOCUMENT, true)),
                Arguments.of("s_out", "a text", "'é' || i", List.of("a"), new DocumentKey(Form.DOCUMENT, false)),
                Arguments.of("s_value", "a bigint", "i", List.of("a"), new DocumentKey(Form.VALUE, false)),
                Arguments.of(
                        "s_pair",
                        "a int, b uuid",
                        "i % 50, md5(i::text)::uuid",
                        List.of("b", "a"),
                        new DocumentKey(null, false)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void findsEachDifferenceUnderEachShapeOfId(
            String name, String columns, String values, List<String> key, DocumentKey shape) throws SQLException {
        String keyed = "\"" + String.join("\", \"", key) + "\"";
        execute(
                "create table " + name + " (" + columns + ", v text, primary key (" + keyed + "))",
                "insert into " + name + " select " + values + ", 'v' || i from generate_series(1, 500) i");
        TableMapping mapping =
                TableMapping.of(new TableRoute("public." + name, name, key, null, null, null, shape), null);
        MongoCollection<BsonDocument> collection = mongo.getDatabase("sides").getCollection(name, BsonDocument.class);
        try (Opened opened = SqlTables.open(postgres.jdbcUrl("postgres"), "public." + name, key)) {
            opened.forEach(
                    (rowKey, change, row) -> collection.insertOne(Documents.of(mapping.key(change), mapping.row(row))));
            BsonDocument first = Objects.requireNonNull(collection.find().first());
            assertThat(first.size()).isEqualTo(shape.asFields() ? 2 + key.size() : 2);
            boolean document = shape.form() == Form.DOCUMENT || key.size() > 1;
            assertThat(Objects.requireNonNull(first.get("_id")).isDocument()).isEqualTo(document);
            if (document) {
                assertThat(first.getDocument("_id").keySet())
                        .containsExactlyElementsOf(
                                key.stream().map(FieldNames::column).toList());
            }
            assertThat(verify(opened, collection, mapping)).isEmpty();

            List<BsonDocument> some = collection.find().limit(30).into(new ArrayList<>());
            collection.deleteOne(byId(some.get(3)));
            collection.updateOne(byId(some.get(20)), BsonDocument.parse("{$set: {v: 'tampered'}}"));
            collection.insertOne(BsonDocument.parse("{_id: {no: 'key'}, v: 'foreign'}"));
            collection.insertOne(BsonDocument.parse("{_id: {'Id\uFF0Eno': 'three'}, v: 'of another type'}"));
            execute("delete from " + name + " where v = '"
                    + some.get(25).getString("v").getValue() + "'");

            assertThat(verify(opened, collection, mapping))
                    .extracting(Mismatch::kind)
                    .containsExactlyInAnyOrder(Kind.MISSING, Kind.DIFFERENT, Kind.EXTRA, Kind.EXTRA, Kind.EXTRA);
        }
    }

    @Test
    void comparesRowsUnderAHashedKeyAndNamesWhatCannotBeMapped() throws SQLException {
        execute(
                "create table hidden (email text primary key, n text, secret text)",
                "insert into hidden select 'a' || i, i::text, 's' from generate_series(1, 200) i");
        TableMapping mapping = TableMapping.of(
                new TableRoute(
                        "public.hidden",
                        "hidden",
                        List.of("email"),
                        List.of(
                                new ColumnRule("email", null, Action.HASH, null),
                                new ColumnRule("n", "number", Action.CAST, "integer"),
                                new ColumnRule("secret", null, Action.DROP, null)),
                        null),
                new Mask("sixteen bytes or more"));
        MongoCollection<BsonDocument> collection =
                mongo.getDatabase("sides").getCollection("hidden", BsonDocument.class);
        try (Opened opened = SqlTables.open(postgres.jdbcUrl("postgres"), "public.hidden", List.of("email"))) {
            opened.forEach(
                    (rowKey, change, row) -> collection.insertOne(Documents.of(mapping.key(change), mapping.row(row))));
            assertThat(verify(opened, collection, mapping)).isEmpty();

            execute("update hidden set n = 'none' where email = 'a7'", "update hidden set n = '-1' where email = 'a8'");
            assertThat(verify(opened, collection, mapping))
                    .containsExactlyInAnyOrder(
                            new Mismatch(RowKey.of("a7"), Kind.DIFFERENT, List.of("(mapping)")),
                            new Mismatch(RowKey.of("a8"), Kind.DIFFERENT, List.of("number")));
        }
    }

    @Test
    void comparesColumnsThatBecomeFieldsOfDocuments() throws SQLException {
        execute(
                "create table nested (id int primary key, city text, street text, \"a.b\" text)",
                "insert into nested select i, 'city ' || i, nullif('street ' || i, 'street 3'), 'dot' from generate_series(1, 200) i");
        TableMapping mapping = TableMapping.of(
                new TableRoute(
                        "public.nested",
                        "nested",
                        List.of("id"),
                        List.of(
                                new ColumnRule("city", "home.place.city", Action.KEEP, null),
                                new ColumnRule("street", "home.street", Action.KEEP, null)),
                        null),
                null);
        MongoCollection<BsonDocument> collection =
                mongo.getDatabase("sides").getCollection("nested", BsonDocument.class);
        try (Opened opened = SqlTables.open(postgres.jdbcUrl("postgres"), "public.nested", List.of("id"))) {
            opened.forEach(
                    (rowKey, change, row) -> collection.insertOne(Documents.of(mapping.key(change), mapping.row(row))));
            assertThat(collection.find(BsonDocument.parse("{_id: 1}")).first())
                    .isEqualTo(BsonDocument.parse("{_id: 1, id: 1, home: {place: {city: 'city 1'}, street: 'street 1'},"
                            + " 'a\uFF0Eb': 'dot'}"));
            assertThat(verify(opened, collection, mapping)).isEmpty();

            collection.updateOne(
                    BsonDocument.parse("{_id: 2}"), BsonDocument.parse("{$set: {'home.place.city': 'x'}}"));
            collection.updateOne(BsonDocument.parse("{_id: 3}"), BsonDocument.parse("{$unset: {'home.street': 1}}"));
            collection.updateOne(BsonDocument.parse("{_id: 4}"), BsonDocument.parse("{$set: {'home.own': 'field'}}"));
            collection.updateOne(BsonDocument.parse("{_id: 5}"), BsonDocument.parse("{$set: {home: null}}"));

            assertThat(verify(opened, collection, mapping))
                    .containsExactlyInAnyOrder(
                            new Mismatch(RowKey.of("2"), Kind.DIFFERENT, List.of("home.place.city")),
                            new Mismatch(RowKey.of("5"), Kind.DIFFERENT, List.of("home.place.city", "home.street")));
        }
    }

    private static List<Mismatch> verify(Opened opened, MongoCollection<BsonDocument> collection) {
        return verify(opened, collection, TableMapping.none());
    }

    private static List<Mismatch> verify(
            Opened opened, MongoCollection<BsonDocument> collection, TableMapping mapping) {
        return Compared.of(
                opened.source(new MongoForm(new Family.None()), mapping),
                new MongoRows(
                        collection,
                        new MongoKeys(opened.shape(mapping).key()),
                        List.of(),
                        MongoForm.outer(opened.shape(mapping).columnsAtTarget())));
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        Objects.requireNonNull(postgres.jdbcUrl("postgres")),
                        EmbeddedPostgres.USER,
                        EmbeddedPostgres.PASSWORD);
                Statement statement = connection.createStatement()) {
            for (String one : Arrays.asList(statements)) {
                statement.execute(one);
            }
        }
    }
}
