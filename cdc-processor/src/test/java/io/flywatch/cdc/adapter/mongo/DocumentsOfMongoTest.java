package io.flywatch.cdc.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.change.Captured;
import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.MongoEvents;
import io.flywatch.cdc.change.Operation;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.change.SourcePosition;
import io.flywatch.cdc.change.Stamps;
import io.flywatch.cdc.mapping.Mask;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.events.pipeline.ColumnRule;
import io.flywatch.events.pipeline.PipelineDeclared.TableRoute;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** Documents of a MongoDB source on their way to a MongoDB target: the rows of docs/types.md. */
class DocumentsOfMongoTest {
    private static final BsonObjectId ID = new BsonObjectId(new ObjectId("64fab2c1d2e3f40516273849"));
    private static final UUID SOME = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    private final DocumentDecoder decoder = new DocumentDecoder(UnaryOperator.identity());

    private static BsonDocument everyType() {
        return new BsonDocument("_id", ID)
                .append("int", new BsonInt32(5))
                .append("long", new BsonInt64(5))
                .append("huge", new BsonInt64(Long.MIN_VALUE))
                .append("double", new BsonDouble(5))
                .append("large", new BsonDouble(1e10))
                .append("tiny", new BsonDouble(Double.MIN_VALUE))
                .append("minus zero", new BsonDouble(-0.0))
                .append("nan", new BsonDouble(Double.NaN))
                .append("infinity", new BsonDouble(Double.POSITIVE_INFINITY))
                .append("minus infinity", new BsonArray(List.of(new BsonDouble(Double.NEGATIVE_INFINITY))))
                .append("decimal", new BsonDecimal128(Decimal128.parse("9.990")))
                .append("decimal nan", new BsonDecimal128(Decimal128.NaN))
                .append("text", new BsonString("Zoë 🚚 \"quoted\" \\ back \0 zero NaN"))
                .append("empty", new BsonString(""))
                .append("bool", BsonBoolean.TRUE)
                .append("null", BsonNull.VALUE)
                .append("oid", ID)
                .append("date", new BsonDateTime(1_709_210_096_123L))
                .append("early", new BsonDateTime(-62_135_596_800_001L))
                .append("late", new BsonDateTime(253_402_300_800_000L))
                .append("bytes", new BsonBinary(new byte[] {0, (byte) 0xff, 16}))
                .append("uuid", new BsonBinary(SOME))
                .append("old uuid", new BsonBinary((byte) 3, new byte[16]))
                .append("user bytes", new BsonBinary((byte) 0x80, new byte[] {1}))
                .append("regex", new BsonRegularExpression("^a/b\"", "im"))
                .append("timestamp", new BsonTimestamp(1_709_210_096, 7))
                .append("code", new BsonJavaScript("function() { return 1; }"))
                .append("scoped", new BsonJavaScriptWithScope("x", new BsonDocument("x", new BsonInt32(1))))
                .append("symbol", new BsonSymbol("s"))
                .append("undefined", new BsonUndefined())
                .append("min", new BsonMinKey())
                .append("max", new BsonMaxKey())
                .append("a.dot", new BsonInt32(1))
                .append("ref", new BsonDocument("$ref", new BsonString("people")).append("$id", ID))
                .append("nested", new BsonDocument("z", new BsonInt64(1)).append("a", new BsonArray()))
                .append("array", new BsonArray(List.of(new BsonInt32(1), new BsonInt64(1), BsonNull.VALUE)));
    }

    private Captured captured(Raw raw) {
        return switch (decoder.decode(raw)) {
            case Decoded.Of of -> of.captured();
            case Decoded.Nothing nothing -> throw new AssertionError("nothing");
            case Decoded.Unreadable unreadable -> throw new AssertionError(unreadable.reason());
        };
    }

    private Change.Put put(BsonValue id, BsonDocument document) {
        return (Change.Put) captured(MongoEvents.change("c", id, document, 1_700_000_000L, 1))
                .change();
    }

    @Test
    void keepsEveryTypeAndTheOrderOfFields() {
        Change.Put put = put(ID, everyType());

        BsonDocument written = Documents.of(put.key(), put.row());

        assertThat(written).isEqualTo(everyType());
        assertThat(List.copyOf(written.keySet()))
                .isEqualTo(List.copyOf(everyType().keySet()));
        assertThat(Double.doubleToRawLongBits(written.getDouble("minus zero").getValue()))
                .isEqualTo(Double.doubleToRawLongBits(-0.0));
    }

    @Test
    void readsTheSameWithASchema() {
        Raw plain = MongoEvents.change("u", ID, everyType(), 1_700_000_000L, 3);

        assertThat(decoder.decode(MongoEvents.withSchema(plain)))
                .isInstanceOfSatisfying(
                        Decoded.Of.class,
                        of -> assertThat(of.captured().change())
                                .isEqualTo(captured(plain).change()));
    }

    private static List<BsonValue> ids() {
        return List.of(
                ID,
                new BsonString(ID.getValue().toHexString()),
                new BsonInt32(7),
                new BsonInt64(8_000_000_000L),
                new BsonDouble(7.5),
                new BsonDecimal128(new Decimal128(new BigDecimal("7.25"))),
                new BsonString("7"),
                new BsonString("plain"),
                new BsonString("\"quoted\""),
                new BsonString("{\"a\": 1}"),
                new BsonString(""),
                new BsonString("true"),
                BsonBoolean.TRUE,
                new BsonBinary(SOME),
                new BsonString(SOME.toString()),
                new BsonBinary(new byte[] {1, 2}),
                new BsonDateTime(1_709_210_096_123L),
                new BsonTimestamp(5, 6),
                new BsonDocument("a", new BsonInt32(1)).append("b", new BsonInt64(2)),
                new BsonDocument("b", new BsonInt64(2)).append("a", new BsonInt32(1)));
    }

    @Test
    void keepsIdsExactAndFindsThemAgain() {
        for (BsonValue id : ids()) {
            Change.Put put = put(id, new BsonDocument("_id", id));
            Captured gone = captured(MongoEvents.change("d", id, null, 1_700_000_001L, 1));

            assertThat(Documents.of(put.key(), put.row()).get("_id")).isEqualTo(id);
            assertThat(gone.change()).isEqualTo(new Change.Delete(put.key(), null));
            assertThat(MongoKeys.normal(Documents.id(put.key()))).isEqualTo(MongoKeys.normal(id));
        }
    }

    @Test
    void makesNoTwoIdsOneInADatabaseWithoutSuchTypes() {
        Set<String> texts = new HashSet<>();
        List<Key> keys = new ArrayList<>();
        for (BsonValue id : ids()) {
            Key key = put(id, new BsonDocument("_id", id)).key();
            keys.add(key);
            texts.add(key.values().getFirst().toString());
        }

        assertThat(texts).hasSameSizeAs(ids()).contains(ID.getValue().toHexString(), "7", "plain", SOME.toString());
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void turnsTheTextOfEachIdBackIntoTheId() {
        for (BsonValue id : ids()) {
            assertThat(DocumentIds.id(DocumentIds.rowKey(id)).map(MongoKeys::normal))
                    .contains(MongoKeys.normal(id));
            assertThat(DocumentIds.rowKey(id).parts())
                    .containsExactly(put(id, new BsonDocument("_id", id))
                            .key()
                            .values()
                            .getFirst()
                            .toString());
        }
        assertThat(List.of("007", "7.0", "{not json", "[1, 2", "-", "\"open", "{\"$oid\": \"none\"}"))
                .allSatisfy(text -> assertThat(DocumentIds.id(RowKey.of(text))).isEmpty());
    }

    @Property
    void turnsEveryTextThatIsAnIdBack(@ForAll String text) {
        RowKey key = DocumentIds.rowKey(new BsonString(text));

        assertThat(DocumentIds.id(key)).contains(new BsonString(text));
        assertThat(key.parts().getFirst()).doesNotContain("\0");
    }

    /** MongoDB holds 7, 7.0 and the long 7 for the same id. */
    @Test
    void holdsWholeNumbersEqualWhateverTheirType() {
        List<BsonValue> sevens = List.of(
                new BsonInt32(7), new BsonInt64(7), new BsonDouble(7), new BsonDecimal128(Decimal128.parse("7.0")));

        assertThat(sevens.stream()
                        .map(id -> put(id, new BsonDocument("_id", id)).key())
                        .distinct())
                .hasSize(1);
        assertThat(sevens).allSatisfy(id -> {
            Change.Put put = put(id, new BsonDocument("_id", id));
            assertThat(Documents.of(put.key(), put.row()).get("_id")).isEqualTo(id);
        });
    }

    @Test
    void ordersByTheOplogAndStampsByTheWallClock() {
        Captured change = captured(MongoEvents.change("u", ID, everyType(), 1_700_000_000L, 12));

        assertThat(change.position()).isEqualTo(new SourcePosition(List.of(1_700_000_000L, 12L)));
        assertThat(change.stamps().committed()).isEqualTo(1_700_000_000_345_000L);
        assertThat(change.operation()).isEqualTo(Operation.UPDATE);
    }

    @Test
    void takesARowOfTheSnapshotForProgress() {
        Captured row = captured(MongoEvents.change("r", ID, everyType(), 1_700_000_000L, 1));

        assertThat(row.isSnapshot()).isTrue();
        assertThat(row.position()).isNull();
        assertThat(row.stamps().committed()).isEqualTo(Stamps.UNKNOWN);
    }

    @Test
    void leavesOutAnUpdateOfADocumentThatIsGone() {
        assertThat(decoder.decode(MongoEvents.change("u", ID, null, 1_700_000_000L, 1)))
                .isEqualTo(new Decoded.Nothing());
        assertThat(decoder.decode(new Raw(null, null, null, null, 0, 0))).isEqualTo(new Decoded.Nothing());
    }

    @Test
    void refusesWhatItCannotRead() {
        Raw good = MongoEvents.change("c", ID, everyType(), 1_700_000_000L, 1);
        byte[] strange = "{\"customer\":5}".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(decoder.decode(new Raw(strange, good.value(), null, null, 0, 0)))
                .isInstanceOfSatisfying(
                        Decoded.Unreadable.class,
                        why -> assertThat(why.reason()).contains("key has no id"));
        assertThat(decoder.decode(new Raw(good.key(), strange, null, null, 0, 0)))
                .isInstanceOf(Decoded.Unreadable.class);
        assertThat(decoder.decode(MongoEvents.change("c", ID, null, 1_700_000_000L, 1)))
                .isInstanceOf(Decoded.Unreadable.class);
    }

    @Test
    void mapsFieldsOfTheFirstLevelAndLeavesNothingHiddenInTheDocument() {
        BsonDocument person = new BsonDocument("_id", new BsonInt32(1))
                .append("mail", new BsonString("zoe@example.com"))
                .append("ssn", new BsonString("123"))
                .append("born", new BsonDateTime(1_709_210_096_123L))
                .append("total", new BsonDecimal128(Decimal128.parse("12.50")))
                .append("city", new BsonString("Oslo"));
        TableMapping mapping = TableMapping.of(
                new TableRoute(
                        "shop.people",
                        "people",
                        List.of("_id"),
                        List.of(
                                new ColumnRule("mail", null, ColumnRule.Action.HASH, null),
                                new ColumnRule("ssn", null, ColumnRule.Action.DROP, null),
                                new ColumnRule("total", "amount", ColumnRule.Action.CAST, "text"),
                                new ColumnRule("city", "town", ColumnRule.Action.KEEP, null),
                                new ColumnRule("nowhere", null, ColumnRule.Action.CAST, "text")),
                        null),
                new Mask("0123456789abcdef"));

        Decoded mapped = mapping.apply(decoder.decode(MongoEvents.change("c", new BsonInt32(1), person, 1, 1)));

        Change.Put put = (Change.Put) ((Decoded.Of) mapped).captured().change();
        assertThat(put.row().shape().names()).containsExactly("_id", "amount", "nowhere", "document");
        assertThat(put.row().value(1)).isEqualTo("12.50");
        BsonDocument written = Documents.of(put.key(), put.row());
        assertThat(List.copyOf(written.keySet())).containsExactly("_id", "mail", "born", "amount", "town");
        assertThat(written.toJson()).doesNotContain("zoe@example.com").doesNotContain("123\"");
        assertThat(Map.of("a", written.get("amount"), "t", written.get("town")))
                .isEqualTo(Map.of("a", new BsonString("12.50"), "t", new BsonString("Oslo")));
        assertThat(written.get("born")).isEqualTo(person.get("born"));
    }
}
