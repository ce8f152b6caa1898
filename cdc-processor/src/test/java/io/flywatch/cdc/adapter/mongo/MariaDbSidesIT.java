package io.flywatch.cdc.adapter.mongo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import io.flywatch.cdc.adapter.verify.Compared;
import io.flywatch.cdc.adapter.verify.SqlDatabase;
import io.flywatch.cdc.adapter.verify.SqlTables.Opened;
import io.flywatch.cdc.adapter.verify.SqlVerifications;
import io.flywatch.cdc.adapter.verify.TargetDatabase.Side;
import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.EnvelopeDecoder;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Recorded;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.embed.Family;
import io.flywatch.cdc.verify.Kind;
import io.flywatch.cdc.verify.Mismatch;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import io.flywatch.stack.EmbeddedPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A MariaDB compared with MongoDB and with PostgreSQL. */
class MariaDbSidesIT extends MariaDbSides {
    private static final String TYPES = "id bigint unsigned primary key, ti tinyint, tu tinyint unsigned, sm smallint,"
            + " me mediumint, i int, iu int unsigned zerofill, b bigint, bu bigint unsigned, de decimal(30,10), fl float,"
            + " db double, b1 bit, b8 bit(12), c char(5), v varchar(40), t mediumtext, e enum('so so','good'),"
            + " s set('x','y','z'), bi binary(4), vb varbinary(16), bl blob, js json, d date, dt datetime, dt6 datetime(6),"
            + " ts timestamp(6) null, tm time, tm6 time(6), y year, p point, bo boolean";
    private static final String VALUES = "-128, 255, -32768, 8388607, -2147483648, 42, -9223372036854775808, %s,"
            + " 12345678901234567890.1234567890, 3.14, 2.718281828459045, b'1', b'101100010001', 'ab', 'Zoë 🚚', 'a\\nb',"
            + " 'so so', 'x,z', x'00ff10', x'00ff', x'0001', '{\"a\": 1.10}', '2024-02-29', '2024-02-29 12:34:56',"
            + " '2024-02-29 12:34:56.123456', '2024-02-29 12:34:56.123456', '12:34:56', '-26:10:00.5', 2024, point(1.5, 2.5), true";

    private static Map<String, @Nullable Object> byName(Row row) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (int i = 0; i < row.size(); i++) {
            values.put(row.name(i), row.value(i));
        }
        return values;
    }

    /** What Debezium brought, by keys. */
    private static Map<Key, Row> recorded() {
        EnvelopeDecoder decoder = new EnvelopeDecoder();
        Map<Key, Row> rows = new HashMap<>();
        Recorded.ofMariaDb().forEach(found -> {
            if (decoder.decode(found.raw()) instanceof Decoded.Of of
                    && of.captured().change() instanceof Change.Put put) {
                rows.put(put.key(), put.row());
            }
        });
        return rows;
    }

    @Test
    void readsWhatTheChangeStreamBringsAndFindsNoDifference() throws SQLException {
        execute(
                source(),
                "create table types (" + TYPES + ")",
                "insert into types values (18446744073709551615, " + VALUES.formatted("18446744073709551615") + ")",
                "insert into types values (3, " + VALUES.formatted("9223372036854775808") + ")",
                "insert into types (id, v) values (2, 'changed')");
        Map<Key, Row> expected = recorded();
        MongoCollection<BsonDocument> types = collection("types");
        expected.forEach((key, row) -> types.insertOne(Documents.of(key, row)));
        try (Opened opened = open("types", "id")) {
            List<Key> found = new ArrayList<>();

            opened.forEach((rowKey, key, row) -> {
                found.add(key);
                assertThat(expected).containsKey(key);
                Map<String, @Nullable Object> brought = byName(requireNonNull(expected.get(key)));
                brought.remove("p");
                assertThat(byName(row)).isEqualTo(brought);
            });

            assertThat(found).hasSize(3);
            assertThat(opened.left()).containsExactly("p");
            assertThat(verify(opened, types)).isEmpty();
            types.updateOne(BsonDocument.parse("{v: 'changed'}"), BsonDocument.parse("{$set: {tm: '00:00'}}"));
            assertThat(verify(opened, types))
                    .containsExactly(new Mismatch(RowKey.of("2"), Kind.DIFFERENT, List.of("tm")));
        }
    }

    @Test
    void readsZeroDatesAsDebeziumBringsThem() throws SQLException {
        execute(
                source(),
                "set sql_mode = ''",
                "create table zero (id int primary key, d date, n date not null, t datetime, s timestamp null)",
                "insert into zero values (1, '0000-00-00', '0000-00-00', '0000-00-00', '0000-00-00'), (2, '2024-00-10', '2024-01-10',"
                        + " null, null)");
        try (Opened opened = open("zero", "id")) {
            List<String> read = new ArrayList<>();
            opened.forEach((rowKey, key, row) -> read.add(String.valueOf(new TreeMap<>(byName(row)))));

            assertThat(read)
                    .containsExactly(
                            "{d=null, id=1, n=1970-01-01, s=null, t=null}",
                            "{d=null, id=2, n=2024-01-10, s=null, t=null}");
        }
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of("k_int", "id int primary key", "seq", List.of("id")),
                Arguments.of("k_unsigned", "id bigint unsigned primary key", "9007199254740 + seq", List.of("id")),
                Arguments.of("k_decimal", "id decimal(20,4) primary key", "seq / 4", List.of("id")),
                Arguments.of(
                        "k_text",
                        "id varchar(40) primary key",
                        "concat(char(97 + seq mod 26), ' ', seq)",
                        List.of("id")),
                Arguments.of(
                        "k_bytes",
                        "id varchar(40) collate utf8mb4_nopad_bin primary key",
                        "concat(char(65 + seq mod 50), seq)",
                        List.of("id")),
                Arguments.of("k_binary", "id varbinary(16) primary key", "unhex(md5(seq))", List.of("id")),
                Arguments.of(
                        "k_time",
                        "id datetime(6) primary key",
                        "timestamp('2024-01-01') + interval seq * 1000001 microsecond",
                        List.of("id")),
                Arguments.of("k_date", "id date primary key", "date('1999-12-01') + interval seq day", List.of("id")),
                Arguments.of(
                        "k_pair",
                        "a int, b varchar(9), primary key (b, a)",
                        "seq mod 13, concat('x,', seq mod 7, seq)",
                        List.of("b", "a")),
                Arguments.of(
                        "k_two",
                        "a int, b bigint, primary key (b, a)",
                        "cast(seq mod 13 as signed) - 6, cast(seq as signed) mod 7 - 3 + cast(seq as signed)",
                        List.of("b", "a")));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void findsEachDifferenceUnderEachKindOfKey(String name, String definition, String values, List<String> key)
            throws SQLException {
        execute(
                source(),
                "create table " + name + " (" + definition + ", v text)",
                "insert into " + name + " select " + values + ", concat('v', seq) from seq_1_to_1000");
        MongoCollection<BsonDocument> rows = collection(name);
        try (Opened opened = open(name, key.toArray(String[]::new))) {
            opened.forEach((rowKey, change, row) -> rows.insertOne(Documents.of(change, row)));
            assertThat(verify(opened, rows)).isEmpty();

            List<BsonDocument> some = rows.find().limit(30).into(new ArrayList<>());
            rows.deleteOne(byId(some.get(3)));
            rows.updateOne(byId(some.get(20)), BsonDocument.parse("{$set: {v: 'tampered'}}"));
            rows.insertOne(new BsonDocument("_id", new BsonObjectId()));
            execute(
                    source(),
                    "delete from " + name + " where v = '"
                            + some.get(25).getString("v").getValue() + "'");

            assertThat(verify(opened, rows))
                    .extracting(Mismatch::kind)
                    .containsExactlyInAnyOrder(Kind.MISSING, Kind.DIFFERENT, Kind.EXTRA, Kind.EXTRA);
        }
    }

    private static BsonDocument byId(BsonDocument document) {
        return new BsonDocument("_id", document.get("_id"));
    }

    @Test
    void comparesWithPostgresqlWhatItsTypesHold() throws SQLException {
        execute(
                source(),
                "create table wares (id bigint unsigned primary key, n int unsigned, de decimal(12,4), f float, b1 bit, b8 bit(8),"
                        + " v varchar(20), e enum('a','b'), by4 varbinary(16), d date, dt datetime(6), ts timestamp(6) null, tm time(6), y year)",
                "insert into wares select 9223372036854775807 + seq, seq, seq / 8, seq / 7, seq mod 2, seq mod 256, concat('v', seq),"
                        + " if(seq mod 2, 'a', 'b'), unhex(md5(seq mod 3)), '2024-02-29', '2024-02-29 01:02:03.5', '2024-02-29 01:02:03',"
                        + " if(seq mod 3, '-26:10:00.5', '10:00'), 2024 from seq_1_to_100");
        EmbeddedPostgres target = requireNonNull(postgres);
        List<String> inserts = new ArrayList<>();
        inserts.add(
                "create table wares (id numeric(20,0) primary key, n bigint, de numeric(12,4), f double precision, b1 boolean,"
                        + " b8 bit(8), v varchar(20), e text, by4 bytea, d date, dt timestamp, ts timestamptz, tm interval, y smallint)");
        try (Opened opened = open("wares", "id")) {
            opened.forEach((rowKey, key, row) -> {
                Map<String, @Nullable Object> it = byName(row);
                String bytes = rowKey.parts().isEmpty() ? "" : hex(it.get("by4"));
                inserts.add(
                        "insert into wares values (%s, %s, %s, %s, %s, '%s', '%s', '%s', '\\x%s', '%s', '%s', '%s', '%s', %s)"
                                .formatted(
                                        it.get("id"),
                                        it.get("n"),
                                        it.get("de"),
                                        it.get("f"),
                                        it.get("b1"),
                                        it.get("b8"),
                                        it.get("v"),
                                        it.get("e"),
                                        bytes,
                                        it.get("d"),
                                        it.get("dt"),
                                        it.get("ts"),
                                        it.get("tm"),
                                        it.get("y")));
            });
            execute(target.connect("postgres"), inserts.toArray(String[]::new));
            assertThat(inPostgres(opened)).isEmpty();

            execute(
                    target.connect("postgres"),
                    "update wares set tm = '-26:10:01' where n = 7",
                    "update wares set de = de + 1 where n = 8",
                    "delete from wares where n = 9",
                    "insert into wares (id) values (5)");

            assertThat(inPostgres(opened))
                    .containsExactlyInAnyOrder(
                            new Mismatch(RowKey.of("9223372036854775814"), Kind.DIFFERENT, List.of("tm")),
                            new Mismatch(RowKey.of("9223372036854775815"), Kind.DIFFERENT, List.of("de")),
                            new Mismatch(RowKey.of("9223372036854775816"), Kind.MISSING, List.of()),
                            new Mismatch(RowKey.of("5"), Kind.EXTRA, List.of()));
        }
    }

    private static String hex(@Nullable Object bytes) {
        return bytes instanceof java.nio.ByteBuffer buffer
                ? java.util.HexFormat.of().formatHex(buffer.array())
                : "";
    }

    private static List<Mismatch> inPostgres(Opened opened) {
        String url = requireNonNull(postgres).jdbcUrl("postgres");
        try (SqlVerifications store = new SqlVerifications(url, EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD);
                SqlDatabase target =
                        SqlDatabase.ofPostgres(url, EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD, store)) {
            Side side =
                    target.side(new Route.Table(new TableRoute("shop.wares", "wares", List.of("id"))), opened.shape());
            return Compared.of(opened.source(side.form()), side.table());
        }
    }

    private static List<Mismatch> verify(Opened opened, MongoCollection<BsonDocument> collection) {
        return Compared.of(
                opened.source(new MongoForm(new Family.None())),
                new MongoRows(collection, new MongoKeys(opened.shape().key()), List.of(), Set.of()));
    }
}
