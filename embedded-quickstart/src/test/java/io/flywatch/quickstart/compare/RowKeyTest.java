package io.flywatch.quickstart.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

class RowKeyTest {

    @Test
    void ordersNumbersByValueAndTextByCodePoint() {
        assertThat(key(new BigDecimal(9)).compareTo(new BsonInt32(10))).isNegative();
        assertThat(key("B").compareTo(new BsonString("a"))).isNegative();
        assertThat(key("\uFFFD").compareTo(new BsonString("😀"))).isNegative();
        assertThat(key("ab").compareTo(new BsonString("a"))).isPositive();
    }

    @Test
    void ordersBinaryByLengthFirst() {
        assertThat(key(new byte[] {9}).compareTo(new BsonBinary(new byte[] {1, 1})))
                .isNegative();
    }

    @Test
    void ordersCompositeKeysPartByPart() {
        RowKey key = new RowKey(List.of("order_id", "line_no"), List.of(new BigDecimal(7), new BigDecimal(2)));

        assertThat(key.compareTo(BsonDocument.parse("{order_id: 7, line_no: 2}")))
                .isZero();
        assertThat(key.compareTo(BsonDocument.parse("{order_id: 7, line_no: 10}")))
                .isNegative();
        assertThat(key.compareTo(BsonDocument.parse("{order_id: 6, line_no: 10}")))
                .isPositive();
    }

    @Test
    void neverTakesOneTypeForAnother() {
        assertThat(key("1").compareTo(new BsonInt32(1))).isPositive();
        assertThat(key(new BigDecimal(1)).compareTo(new BsonString("1"))).isNegative();
    }

    @Test
    void hasOneTextForEqualKeys() {
        RowKey key = new RowKey(List.of("a", "b"), List.of(new BigDecimal("1.50"), "x"));

        assertThat(key.text())
                .isEqualTo(RowKey.text(BsonDocument.parse("{a: {$numberDecimal: '1.5'}, b: 'x'}"), List.of("a", "b")));
        assertThat(key(new BigDecimal("100")).text()).isEqualTo(RowKey.text(new BsonInt32(100), List.of("id")));
        assertThat(key("1").text()).isNotEqualTo(RowKey.text(new BsonInt32(1), List.of("id")));
    }

    private static RowKey key(Object value) {
        return new RowKey(List.of("id"), List.of(value));
    }
}
