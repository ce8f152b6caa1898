package io.flywatch.cdc.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.change.Captured;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.EnvelopeDecoder;
import io.flywatch.cdc.change.Recorded;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.order.Fold;
import io.flywatch.cdc.order.Write;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What became of every type of PostgreSQL on its way through a real Debezium: the rows of docs/types.md. */
class TypesTest {
    private static final JsonWriterSettings EXTENDED =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    private static final List<BsonDocument> SNAPSHOT = documents("types", true);
    private static final List<BsonDocument> STREAM = documents("types", false);

    private static List<BsonDocument> documents(String table, boolean snapshot) {
        return changes(table)
                .filter(captured -> captured.isSnapshot() == snapshot)
                .flatMap(captured -> captured.change() instanceof Change.Put put
                        ? Stream.of(Documents.of(put.key(), put.row()))
                        : Stream.empty())
                .toList();
    }

    private static Stream<Captured> changes(String table) {
        EnvelopeDecoder decoder = new EnvelopeDecoder();
        return Recorded.of(table).stream().flatMap(found -> switch (decoder.decode(found.raw())) {
            case Decoded.Of of -> Stream.of(of.captured());
            case Decoded.Nothing nothing -> Stream.empty();
            case Decoded.Unreadable unreadable -> throw new AssertionError(unreadable.reason());
        });
    }

    private static String extended(BsonDocument document, String column) {
        return new BsonDocument("v", Objects.requireNonNull(document.get(column)))
                .toJson(EXTENDED)
                .replaceFirst("^\\{\"v\": (.*)}$", "$1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            _id  | {"$numberLong": "1"}
            id   | {"$numberLong": "1"}
            i2   | {"$numberInt": "1"}
            i4   | {"$numberInt": "2"}
            num  | {"$numberDecimal": "12.50"}
            numfree | "123456789012345678901234567890.123456789"
            mon  | {"$numberDecimal": "12.34"}
            r4   | {"$numberDouble": "3.14"}
            r8   | {"$numberDouble": "2.718281828459045"}
            yes  | true
            c    | "ab   "
            vc   | "vc"
            t    | "Zoë \\ud83d\\ude9a"
            u    | "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"
            m    | "so so"
            ip   | "10.0.0.1/8"
            ci   | "10.0.0.0/8"
            mac  | "08:00:2b:01:02:03"
            by   | {"$binary": {"base64": "AP8Q", "subType": "00"}}
            js   | {"a": {"$numberDouble": "1.1"}, "b": [{"$numberInt": "1"}, {"$numberInt": "2"}]}
            jb   | {"a": {"$numberDecimal": "12345678901234567890"}, "b": {"$numberDouble": "1.5"}}
            hs   | {"a": "1", "b": null}
            d    | {"$date": {"$numberLong": "1709164800000"}}
            ts   | {"$date": {"$numberLong": "1709210096123"}}
            ts3  | {"$date": {"$numberLong": "1709210096123"}}
            tz   | {"$date": {"$numberLong": "1709202896123"}}
            ti   | "12:34:56.123456"
            ti3  | "12:34:56.123"
            tiz  | "10:34:56Z"
            iv   | "P1Y2M3DT4H5M6.7S"
            ai   | [{"$numberInt": "1"}, {"$numberInt": "2"}, null]
            at   | ["a", "b c", null]
            aj   | [{"x": {"$numberInt": "1"}}]
            atz  | [{"$date": {"$numberLong": "1709210096000"}}]
            au   | ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"]
            ab   | [true, false]
            abig | [{"$numberLong": "9007199254740993"}]
            ir   | "[1,5)"
            b1   | true
            b8   | "10110001"
            vb   | "101"
            x    | "<a>1</a>"
            tv   | "'a' 'cat' 'fat'"
            """)
    void mapsEachTypeOfTheSnapshot(String column, String json) {
        assertThat(extended(SNAPSHOT.get(0), column)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1 | numfree | {"$numberDecimal": "NaN"}
            1 | r4      | {"$numberDouble": "NaN"}
            1 | r8      | {"$numberDouble": "Infinity"}
            1 | d       | "infinity"
            1 | ts      | "infinity"
            1 | ts3     | "-infinity"
            1 | tz      | "infinity"
            1 | ti      | "24:00:00"
            1 | t       | ""
            1 | u       | null
            2 | numfree | {"$numberDecimal": "Infinity"}
            2 | r8      | {"$numberDouble": "-Infinity"}
            2 | d       | "-infinity"
            2 | ts      | "-infinity"
            2 | tz      | "-infinity"
            3 | numfree | {"$numberDecimal": "1E+40"}
            3 | d       | {"$date": {"$numberLong": "-28502755200000"}}
            3 | ts      | {"$date": {"$numberLong": "-63517780800000"}}
            3 | tz      | {"$date": {"$numberLong": "9224318015999000"}}
            """)
    void mapsTheEndsOfEachType(int row, String column, String json) {
        assertThat(extended(SNAPSHOT.get(row), column)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1 | d       | "infinity"
            1 | ts      | "infinity"
            1 | ts3     | "infinity"
            1 | tz      | "infinity"
            1 | numfree | {"$numberDecimal": "NaN"}
            2 | d       | "-infinity"
            2 | ts      | "-infinity"
            2 | numfree | {"$numberDecimal": "-Infinity"}
            2 | b8      | "00000001"
            2 | vb      | "1"
            2 | hs      | {"x": null}
            3 | an      | [{"$numberDecimal": "2"}, null]
            4 | an      | [{"$numberDecimal": "2"}, {"$numberDecimal": "3.10"}]
            """)
    void mapsTheStreamAsTheSnapshot(int row, String column, String json) {
        assertThat(extended(STREAM.get(row), column)).isEqualTo(json);
    }

    @Test
    void leavesUnavailableValuesOutInAllTheirTypes() {
        Row update = changes("toast")
                .flatMap(captured -> captured.change() instanceof Change.Put put && !captured.isSnapshot()
                        ? Stream.of(put.row())
                        : Stream.empty())
                .findFirst()
                .orElseThrow();

        // PostgreSQL's numeric[] has no placeholder in Debezium: it comes as null, see docs/types.md.
        assertThat(Documents.fields(update).keySet()).containsExactlyInAnyOrder("a", "b", "nums", "big", "v");
    }

    @Test
    void leavesUnavailableArraysAndTextsOut() {
        Row update = changes("t2")
                .flatMap(captured -> captured.change() instanceof Change.Put put && !captured.isSnapshot()
                        ? Stream.of(put.row())
                        : Stream.empty())
                .findFirst()
                .orElseThrow();

        assertThat(Documents.fields(update).keySet())
                .doesNotContain("by", "bya", "dates", "vcs", "js", "jsa", "jba", "x", "tv", "num", "ci");
    }

    @Test
    void foldsAMovedRowOfLargeValuesToOneCompleteWrite() {
        Fold fold = new Fold();
        changes("toast").limit(4).forEach(captured -> fold.add(captured.change()));

        assertThat(fold.result().writes())
                .satisfiesExactly(gone -> assertThat(gone).isInstanceOf(Write.Delete.class), moved -> {
                    BsonDocument document = Documents.of(moved.key(), ((Write.Replace) moved).row());
                    assertThat(document.getString("note").getValue()).isEqualTo("n".repeat(5_000));
                    assertThat(document.getArray("ints")).hasSize(3_000);
                    assertThat(document.getBinary("bin").getData()).hasSize(5_000);
                    assertThat(document.toJson()).doesNotContain("__debezium_unavailable_value");
                    assertThat(document.getDocument("_id").toJson()).isEqualTo("{\"a\": 2, \"b\": \"x, \\\"q\\\"\"}");
                });
    }

    @Test
    void readsAKeyWithTheTypesOfItsRow() {
        assertThat(changes("odd.Strange_Name").map(TypesTest::id))
                .containsExactly(
                        "{\"$numberDecimal\": \"1.5\"}",
                        "{\"$numberDecimal\": \"-0.001\"}",
                        "{\"$numberDecimal\": \"1000000000000000000000000000000\"}",
                        "{\"$numberDecimal\": \"1.5\"}",
                        "{\"$numberDecimal\": \"1.5\"}",
                        "{\"$numberDecimal\": \"2.5\"}");
        assertThat(documents("odd.Strange_Name", true).getFirst().toJson(EXTENDED))
                .contains("\"Key Column\": {\"$numberDecimal\": \"1.50\"}", "\"_id_column\": \"i\"")
                .doesNotContain("a.b", "\"$c\"");
    }

    @Test
    void keepsTheMicrosecondsOfAKeyApart() {
        assertThat(changes("kd").map(TypesTest::id).findFirst().orElseThrow())
                .contains("\"tz\": \"2024-01-01T00:00:00.123456Z\"", "\"d\": {\"$date\"", "\"b\": true");
    }

    private static String id(Captured captured) {
        BsonValue id = switch (captured.change()) {
            case Change.Put put -> Documents.id(put.key());
            case Change.Delete delete -> Documents.id(delete.key());
            case Change.Truncate truncate -> throw new AssertionError("no key");
        };
        return extended(new BsonDocument("id", id), "id");
    }

    @Test
    void readsATruncate() {
        assertThat(changes("toast").map(Captured::change)).last().isInstanceOf(Change.Truncate.class);
    }
}
