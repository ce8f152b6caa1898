package io.flywatch.quickstart.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
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
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;

class MatchTest {

    @Test
    void comparesNumbersByValue() {
        assertThat(Match.matches(new BigDecimal("1.50"), decimal("1.5"))).isTrue();
        assertThat(Match.matches(new BigDecimal("7"), new BsonInt32(7))).isTrue();
        assertThat(Match.matches(new BigDecimal("9223372036854775807"), new BsonInt64(Long.MAX_VALUE)))
                .isTrue();
        assertThat(Match.matches(new BigDecimal("0.00"), decimal("-0.0"))).isTrue();
        assertThat(Match.matches(new BigDecimal("-0.001"), decimal("-0.001"))).isTrue();
        assertThat(Match.matches(new BigDecimal("9007199254740993"), new BsonDouble(9007199254740992.0)))
                .isFalse();
        assertThat(Match.matches(new BigDecimal("1"), new BsonString("1"))).isFalse();
        assertThat(Match.matches(0.1, new BsonDouble(0.1))).isTrue();
        assertThat(Match.matches((double) 0.1f, new BsonDouble(0.1))).isTrue();
        assertThat(Match.matches(Double.NaN, decimal("NaN"))).isTrue();
    }

    @Test
    void tellsNullFromMissing() {
        assertThat(Match.matches(null, BsonNull.VALUE)).isTrue();
        assertThat(Match.matches(null, null)).isFalse();
        assertThat(Match.matches("", BsonNull.VALUE)).isFalse();
    }

    @Test
    void comparesAllElseExactly() {
        assertThat(Match.matches("a", new BsonString("a "))).isFalse();
        assertThat(Match.matches(new byte[] {1, 2}, new BsonBinary(new byte[] {1, 2})))
                .isTrue();
        assertThat(Match.matches(true, BsonBoolean.FALSE)).isFalse();
        assertThat(Match.matches(new Moment(5), new BsonDateTime(6))).isFalse();
        assertThat(Match.matches(Span.ofFigures("14 3 3723500000"), new BsonString("P1Y2M3DT1H2M3.5S")))
                .isTrue();
    }

    @Test
    void looksIntoArraysAndJson() {
        assertThat(Match.matches(Arrays.asList("a", null), new BsonArray(List.of(new BsonString("a"), BsonNull.VALUE))))
                .isTrue();
        assertThat(Match.matches(List.of("a"), new BsonArray())).isFalse();
        BsonDocument document = BsonDocument.parse("{a: [1, 2.5, null], b: {c: 'x'}}");
        assertThat(Match.matches(Json.parse("{\"b\": {\"c\": \"x\"}, \"a\": [1, 2.50, null]}"), document))
                .isTrue();
        assertThat(Match.matches(Json.parse("{\"b\": {\"c\": \"x\"}, \"a\": [1, 2.51, null]}"), document))
                .isFalse();
        assertThat(Match.matches(Json.parse("{\"a\": [1, 2.5, null]}"), document))
                .isFalse();
    }

    private static BsonDecimal128 decimal(String text) {
        return new BsonDecimal128(Decimal128.parse(text));
    }
}
