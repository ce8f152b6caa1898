package io.flywatch.cdc.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flywatch.cdc.change.Endless;
import io.flywatch.cdc.change.Json;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.NotFinite;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.change.Unavailable;
import io.flywatch.cdc.verify.Digest;
import io.flywatch.cdc.verify.RowImage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;

class BsonDigestTest {
    private final BsonDigest digests = new BsonDigest();

    @Provide
    Arbitrary<BsonDocument> documents() {
        Arbitrary<BsonValue> scalars = Arbitraries.oneOf(
                Arbitraries.integers().map(BsonInt32::new),
                Arbitraries.longs().map(BsonInt64::new),
                Arbitraries.doubles().map(BsonDouble::new),
                Arbitraries.strings().ofMaxLength(8).map(text -> new BsonString(text.replace('\0', ' '))),
                Arbitraries.longs().map(BsonDateTime::new),
                Arbitraries.of(true, false).map(BsonBoolean::valueOf),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(8).map(BsonBinary::new),
                Arbitraries.longs()
                        .map(unscaled -> BigDecimal.valueOf(unscaled, 3))
                        .map(number -> new BsonDecimal128(new Decimal128(number))),
                Arbitraries.just(BsonNull.VALUE));
        return documents(Arbitraries.oneOf(
                scalars,
                scalars.list().ofMaxSize(3).map(BsonArray::new),
                documents(scalars).map(document -> document)));
    }

    private static Arbitrary<BsonDocument> documents(Arbitrary<? extends BsonValue> values) {
        return Arbitraries.maps(Arbitraries.strings().alpha().ofLength(2), values)
                .ofMaxSize(6)
                .map(fields -> {
                    BsonDocument document = new BsonDocument();
                    fields.forEach(document::put);
                    return document;
                });
    }

    private Digest ofRaw(BsonDocument document) {
        RawBsonDocument raw = new RawBsonDocument(document, MongoForm.CODEC);
        byte[] bytes = new byte[raw.getByteBuffer().remaining()];
        raw.getByteBuffer().get(bytes);
        return digests.of(bytes, 0);
    }

    private static BsonDocument shuffled(BsonDocument document, Random random) {
        List<String> names = new ArrayList<>(document.keySet());
        Collections.shuffle(names, random);
        BsonDocument shuffled = new BsonDocument();
        names.forEach(name -> shuffled.put(name, document.get(name)));
        return shuffled;
    }

    @Property(tries = 300)
    void isTheSameForAnyOrderOfFields(@ForAll("documents") BsonDocument document, @ForAll Random random) {
        assertThat(ofRaw(shuffled(document, random))).isEqualTo(digests.of(document));
    }

    @Property(tries = 300)
    void tellsDocumentsApartAsTheCloseLookDoes(
            @ForAll("documents") BsonDocument one, @ForAll("documents") BsonDocument other) {
        boolean look = new RowImage(MongoForm.image(one, Set.of()), null)
                        .differences(new RowImage(MongoForm.image(other, Set.of()), null))
                        .isEmpty()
                && new RowImage(MongoForm.image(other, Set.of()), null)
                        .differences(new RowImage(MongoForm.image(one, Set.of()), null))
                        .isEmpty();

        assertThat(digests.of(one).equals(digests.of(other))).isEqualTo(look);
    }

    @Provide
    Arbitrary<List<Object>> values() {
        Arbitrary<Object> decimals = Arbitraries.bigIntegers()
                .between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40))
                .flatMap(digits -> Arbitraries.integers()
                        .between(-7_000, 7_000)
                        .edgeCases(edges -> edges.add(-1_001, -6_111, 0, 2, 34, 6_176))
                        .map(scale -> (Object) new BigDecimal(digits, scale)));
        Arbitrary<Object> shortDecimals = Arbitraries.longs()
                .flatMap(digits -> Arbitraries.integers().between(-40, 40).map(scale ->
                        (Object) BigDecimal.valueOf(digits, scale)));
        return Arbitraries.<Object>oneOf(
                        decimals,
                        shortDecimals,
                        Arbitraries.integers().map(number -> number),
                        Arbitraries.longs().map(number -> number),
                        Arbitraries.doubles().map(number -> number),
                        Arbitraries.of(true, false).map(truth -> truth),
                        Arbitraries.strings().ofMaxLength(700).map(text -> text),
                        Arbitraries.longs().between(-1L << 40, 1L << 40).map(Instant::ofEpochSecond),
                        Arbitraries.longs().between(-99_999, 99_999).map(LocalDate::ofEpochDay),
                        Arbitraries.of(
                                NotFinite.NAN,
                                Unavailable.VALUE,
                                Endless.PAST,
                                List.of(1, "a"),
                                new Json("{\"b\": [1, null]}"),
                                ByteBuffer.wrap(new byte[] {1, 2})))
                .injectNull(0.1)
                .list()
                .ofSize(3);
    }

    @Property(tries = 1_000)
    void ofARowIsThatOfItsDocument(
            @ForAll("values") List<Object> values, @ForAll("values") List<Object> keys, @ForAll boolean several) {
        Object one = keys.stream()
                .filter(value -> value != null && value != Unavailable.VALUE)
                .findFirst()
                .orElse(7);
        Key key = several ? new Key(List.of("a", "b"), List.of(one, "x")) : new Key(List.of("a"), List.of(one));
        Row row = new Row(List.of("a", "$b.c", "_id"), values.toArray());
        RowDigests rows = new RowDigests();

        assertThat(RowDigests.areFlat(row.shape())).isTrue();
        assertThat(rows.of(key, row)).isEqualTo(digests.of(Documents.of(key, row)));
        assertThat(rows.of(key, row)).as("once more").isEqualTo(digests.of(Documents.of(key, row)));
    }

    @Test
    void takesANullForAMissingFieldAndAnInt32ForAnInt64() {
        assertThat(digests.of(BsonDocument.parse("{a: 1, b: null}")))
                .isEqualTo(digests.of(BsonDocument.parse("{a: {$numberLong: '1'}}")));
        assertThat(digests.of(BsonDocument.parse("{a: {b: null}}")))
                .isNotEqualTo(digests.of(BsonDocument.parse("{a: {}}")));
        assertThat(digests.of(BsonDocument.parse("{a: 1.0}"))).isNotEqualTo(digests.of(BsonDocument.parse("{a: 1}")));
    }
}
