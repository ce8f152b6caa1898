package io.flywatch.cdc.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import io.flywatch.cdc.adapter.sql.Servers;
import io.flywatch.cdc.adapter.verify.SqlDatabase;
import io.flywatch.cdc.adapter.verify.SqlVerifications;
import io.flywatch.cdc.mapping.Mask;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.Mismatch;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.stack.EmbeddedPostgres;
import io.flywatch.stack.replica.ReplicaSetStandIn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A MongoDB source, by default the stand-in for a replica set, verified, with ids of every type that an index sorts, at a MongoDB and at a PostgreSQL. */
@SuppressWarnings("NullAway.Init") // set before all tests
class MongoSourceSidesIT {
    private static final List<AutoCloseable> CLOSING = new ArrayList<>();

    private static EmbeddedPostgres postgres;
    private static String uri;
    private static Server server;

    private final Random random = new Random(7);

    @BeforeAll
    static void start(@TempDir Path dir) {
        postgres = EmbeddedPostgres.start(dir);
        CLOSING.add(postgres);
        postgres.createDatabase("copy");
        String named = System.getenv("FLYWATCH_TEST_MONGODB_URI");
        if (named == null) {
            ReplicaSetStandIn standIn = ReplicaSetStandIn.start();
            CLOSING.add(standIn);
            uri = standIn.uri();
        } else {
            uri = named;
        }
        server = TestedServer.open("source", uri);
        CLOSING.add(server);
        server.database("away").drop();
        server.database("here").drop();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable one : CLOSING.reversed()) {
            one.close();
        }
    }

    private static MongoCollection<BsonDocument> away(String name) {
        return server.database("away").getCollection(name, BsonDocument.class);
    }

    private static MongoCollection<BsonDocument> here(String name) {
        return server.database("here").getCollection(name, BsonDocument.class);
    }

    private static MongoSourceSides sides(String kind, String name, List<ColumnRule> rules) {
        TableRoute route = new TableRoute("away." + name, name, List.of("_id"), rules, null);
        boolean sql = kind.equals("postgresql");
        String url = sql ? postgres.jdbcUrl("copy") : uri;
        return new MongoSourceSides(
                away(name),
                new MongoSourceDatabase(server::database, ReplicatedLog.of(server)),
                sql
                        ? Servers.target(url, "copy", EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD)
                        : new MongoTarget(server, "here", Clock.systemUTC()),
                sql
                        ? SqlDatabase.ofPostgres(
                                url,
                                EmbeddedPostgres.USER,
                                EmbeddedPostgres.PASSWORD,
                                new SqlVerifications(url, EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD))
                        : new MongoVerifying(new MongoTargets())
                                .open("target", new MongoSourceSides.Login(uri, null, null), "here"),
                route,
                TableMapping.of(route, new Mask("0123456789abcdef")));
    }

    private static List<BsonValue> strangeIds() {
        UUID uuid = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
        return List.of(
                new BsonInt32(7),
                new BsonInt64(Long.MAX_VALUE),
                new BsonInt64(Long.MIN_VALUE),
                new BsonDouble(8),
                new BsonDouble(7.5),
                new BsonDecimal128(Decimal128.parse("7.25")),
                new BsonDecimal128(Decimal128.parse("9.0")),
                new BsonString(""),
                new BsonString("7"),
                new BsonString("plain"),
                new BsonString("Zoë 🚚"),
                new BsonString("null"),
                new BsonString("\"quoted\""),
                new BsonString("{\"a\": 1}"),
                new BsonString("64fab2c1d2e3f40516273849"),
                new BsonString(uuid.toString()),
                new BsonDocument(),
                new BsonDocument("a", new BsonInt32(1)).append("b", new BsonInt64(2)),
                new BsonDocument("b", new BsonInt64(2)).append("a", new BsonInt32(1)),
                new BsonBinary(new byte[0]),
                new BsonBinary(new byte[] {1, (byte) 0xff}),
                new BsonObjectId(new ObjectId("64fab2c1d2e3f40516273849")),
                new BsonObjectId(new ObjectId("000000000000000000000000")),
                BsonBoolean.FALSE,
                BsonBoolean.TRUE,
                new BsonDateTime(-1),
                new BsonDateTime(1_709_210_096_123L),
                new BsonTimestamp(5, 6));
    }

    private static List<BsonValue> idsThatTheStandInCannotSort() {
        return List.of(
                new BsonDouble(Double.NaN),
                new BsonDouble(Double.NEGATIVE_INFINITY),
                new BsonDouble(Double.POSITIVE_INFINITY),
                new BsonBinary(UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")),
                new BsonJavaScript("x"),
                new BsonSymbol("s"));
    }

    private List<BsonValue> ids(int more) {
        Set<BsonValue> ids = new HashSet<>();
        Set<RowKey> keys = new HashSet<>();
        List<BsonValue> all = new ArrayList<>(strangeIds());
        if (System.getenv("FLYWATCH_TEST_MONGODB_URI") != null) {
            all.addAll(idsThatTheStandInCannotSort());
        }
        for (int i = 0; i < more; i++) {
            all.add(
                    switch (random.nextInt(5)) {
                        case 0 -> new BsonInt32(random.nextInt(100_000));
                        case 1 -> new BsonString("text " + random.nextInt(100_000));
                        case 2 -> new BsonDouble(random.nextInt(100_000) / 8.0);
                        case 3 -> new BsonDocument("k", new BsonInt32(random.nextInt(100_000)));
                        default -> new BsonObjectId(new ObjectId(random.nextInt(1 << 30), random.nextInt(1 << 24)));
                    });
        }
        all.forEach(id -> {
            if (keys.add(DocumentIds.rowKey(id))) {
                ids.add(id);
            }
        });
        return List.copyOf(ids);
    }

    private BsonDocument document(BsonValue id) {
        BsonDocument document = new BsonDocument("_id", id)
                .append("n", new BsonInt64(random.nextLong()))
                .append("price", new BsonDecimal128(Decimal128.parse("9." + random.nextInt(100))))
                .append("rate", new BsonDouble(random.nextInt(4) == 0 ? Double.NaN : random.nextDouble()))
                .append("name", new BsonString("Zoë 🚚 " + random.nextInt()));
        if (random.nextBoolean()) {
            document.append("sometimes", BsonNull.VALUE);
        }
        return document;
    }

    @Test
    void walksOverIdsOfEveryTypeAndShowsEachOnce() {
        MongoCollection<BsonDocument> collection = away("walked");
        Set<RowKey> expected = new HashSet<>();
        List<BsonValue> all = new ArrayList<>(ids(60));
        all.addAll(List.of(BsonNull.VALUE, new BsonMinKey(), new BsonMaxKey()));
        for (BsonValue id : all) {
            collection.insertOne(new BsonDocument("_id", id));
            expected.add(DocumentIds.rowKey(id));
        }
        IdWalk walk = new IdWalk(collection.withDocumentClass(RawBsonDocument.class), null);
        for (int page : List.of(1, 7, 100_000)) {
            List<RowKey> chunks = new ArrayList<>();
            List<RowKey> pages = new ArrayList<>();
            BsonValue after = null;
            for (BsonValue end = walk.end(null, page).orElse(null);
                    end != null;
                    end = walk.end(after, page).orElse(null)) {
                int before = chunks.size();
                walk.documents(after, end, document -> chunks.add(DocumentIds.rowKey(DocumentIds.of(document))));
                assertThat(chunks.subList(before, chunks.size()))
                        .extracting(RowKey::text)
                        .as("from %s to %s", after, end)
                        .hasSize(page);
                walk.page(after, page, id -> pages.add(DocumentIds.rowKey(id)));
                after = end;
            }
            walk.documents(after, null, document -> chunks.add(DocumentIds.rowKey(DocumentIds.of(document))));
            walk.page(after, page, id -> pages.add(DocumentIds.rowKey(id)));

            assertThat(chunks).doesNotHaveDuplicates().hasSameElementsAs(expected);
            assertThat(pages).isEqualTo(chunks);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mongodb", "postgresql"})
    void findsExactlyWhatWasInjectedWhileTheSourceChangesAndRepairsIt(String kind) throws SQLException {
        String name = "changing_" + kind;
        List<BsonValue> ids = ids(200);
        MongoSourceSides sides = sides(kind, name, List.of());
        ids.forEach(id -> sides.put(document(id)));
        sides.arrive();
        assertThat(sides.verify()).isEmpty();

        List<BsonValue> still = ids.subList(0, 100);
        List<BsonValue> busy = ids.subList(100, ids.size());
        for (int i = 0; i < 15; i++) {
            tamper(kind, name, still.get(i), i % 3);
        }
        sides.meanwhile(() -> {
            for (int i = 0; i < 20; i++) {
                BsonValue id = busy.get(random.nextInt(busy.size()));
                if (random.nextInt(4) == 0) {
                    sides.delete(id);
                } else {
                    sides.put(document(id));
                }
            }
        });
        // On their way when they are looked at first.
        busy.forEach(id -> sides.put(document(id)));

        List<Mismatch> found = sides.verify();

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            RowKey key = DocumentIds.rowKey(still.get(i));
            expected.add(
                    switch (i % 3) {
                        case 0 -> "MISSING " + key.text();
                        case 1 -> "DIFFERENT " + key.text();
                        default ->
                            "EXTRA " + DocumentIds.rowKey(extra(still.get(i))).text();
                    });
        }
        assertThat(found)
                .extracting(it -> it.kind() + " " + it.key().text())
                .containsExactlyInAnyOrderElementsOf(expected);

        assertThat(sides.repair()).isEmpty();
        assertThat(sides.verify()).isEmpty();
    }

    private static BsonValue extra(BsonValue by) {
        return new BsonString("extra " + DocumentIds.rowKey(by).text());
    }

    private static void tamper(String kind, String name, BsonValue id, int how) throws SQLException {
        if (kind.equals("mongodb")) {
            BsonDocument byId = new BsonDocument("_id", id);
            switch (how) {
                case 0 -> here(name).deleteOne(byId);
                case 1 -> here(name).updateOne(byId, BsonDocument.parse("{$set: {n: 'tampered'}}"));
                default -> here(name).insertOne(new BsonDocument("_id", extra(id)));
            }
            return;
        }
        String key = DocumentIds.rowKey(id).parts().getFirst().replace("'", "''");
        String more = DocumentIds.rowKey(extra(id)).parts().getFirst().replace("'", "''");
        try (Connection connection = postgres.connect("copy");
                Statement statement = connection.createStatement()) {
            int changed = statement.executeUpdate(
                    switch (how) {
                        case 0 -> "delete from " + name + " where _id = '" + key + "'";
                        case 1 ->
                            "update " + name + " set document = document || '{\"n\": 1}' where _id = '" + key + "'";
                        default -> "insert into " + name + " values ('" + more + "', '{}')";
                    });
            assertThat(changed).isEqualTo(1);
        }
    }

    /** In another MongoDB, each of these is another document. */
    @Test
    void tellsDocumentsApartAsMongoDbDoes() {
        MongoSourceSides sides = sides("mongodb", "exact", List.of());
        for (int i = 1; i <= 6; i++) {
            sides.put(BsonDocument.parse("{_id: " + i + ", n: 1, a: {x: 1, y: 2}, none: null}"));
        }
        sides.arrive();
        here("exact").deleteOne(byId(1));
        here("exact").insertOne(BsonDocument.parse("{_id: 1, n: {$numberLong: '1'}, a: {x: 1, y: 2}, none: null}"));
        here("exact").updateOne(byId(2), BsonDocument.parse("{$set: {a: {y: 2, x: 1}}}"));
        here("exact").updateOne(byId(3), BsonDocument.parse("{$unset: {none: ''}}"));
        here("exact").updateOne(byId(4), BsonDocument.parse("{$set: {more: null}}"));
        here("exact").replaceOne(byId(5), BsonDocument.parse("{_id: 5, none: null, a: {x: 1, y: 2}, n: 1}"));

        assertThat(sides.verify())
                .extracting(it -> it.key().text() + it.columns())
                .containsExactlyInAnyOrder("1[n]", "2[a]", "3[none]", "4[more]");
        assertThat(sides.repair()).isEmpty();
    }

    private static BsonDocument byId(int id) {
        return new BsonDocument("_id", new BsonInt32(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mongodb", "postgresql"})
    void comparesFieldsAsTheMappingBringsThem(String kind) throws SQLException {
        String name = "mapped_" + kind;
        MongoSourceSides sides = sides(
                kind,
                name,
                List.of(
                        new ColumnRule("price", "amount", ColumnRule.Action.CAST, "text"),
                        new ColumnRule("name", "called", ColumnRule.Action.HASH, null),
                        new ColumnRule("rate", null, ColumnRule.Action.DROP, null)));
        List<BsonValue> ids = ids(40);
        ids.forEach(id -> sides.put(document(id)));
        sides.arrive();
        assertThat(sides.verify()).isEmpty();

        if (kind.equals("mongodb")) {
            here(name).updateOne(new BsonDocument("_id", ids.get(3)), BsonDocument.parse("{$set: {amount: '1'}}"));
        } else {
            try (Connection connection = postgres.connect("copy");
                    Statement statement = connection.createStatement()) {
                String key = DocumentIds.rowKey(ids.get(3)).parts().getFirst().replace("'", "''");
                statement.executeUpdate("update " + name + " set amount = '1' where _id = '" + key + "'");
            }
        }

        assertThat(sides.verify())
                .extracting(it -> it.key().text() + it.columns())
                .containsExactly(DocumentIds.rowKey(ids.get(3)).text() + "[amount]");
        assertThat(sides.repair()).isEmpty();
    }

    /** No change tells that a collection was dropped. */
    @ParameterizedTest
    @ValueSource(strings = {"mongodb", "postgresql"})
    void findsTheDocumentsOfADroppedCollection(String kind) {
        String name = "dropped_" + kind;
        MongoSourceSides sides = sides(kind, name, List.of());
        List<BsonValue> ids = ids(30);
        ids.forEach(id -> sides.put(document(id)));
        sides.arrive();
        away(name).drop();

        assertThat(sides.verify())
                .extracting(it -> it.kind() + it.key().text())
                .containsExactlyInAnyOrderElementsOf(ids.stream()
                        .map(id -> "EXTRA" + DocumentIds.rowKey(id).text())
                        .toList());
        assertThat(sides.repair()).isEmpty();
    }
}
