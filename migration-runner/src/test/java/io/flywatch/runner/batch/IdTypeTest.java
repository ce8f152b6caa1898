package io.flywatch.runner.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;

class IdTypeTest {
    @Test
    void takesNumbersOfAllWidthsAsOneType() {
        List<BsonValue> numbers = List.of(
                new BsonInt32(1), new BsonInt64(1), new BsonDouble(1), new BsonDecimal128(Decimal128.parse("1")));

        assertThat(numbers).extracting(IdType::of).containsOnly(IdType.NUMBER);
        assertThat(IdType.of(new BsonDouble(Double.NaN))).isEqualTo(IdType.NAN);
    }

    @Test
    void walksFromTheTypeOfTheLeastToThatOfTheGreatest() {
        assertThat(IdType.between(new BsonInt32(1), new BsonObjectId()))
                .containsExactly(IdType.NUMBER, IdType.STRING, IdType.DOCUMENT, IdType.BINARY, IdType.OBJECT_ID);
        assertThat(IdType.between(new BsonString("a"), new BsonString("b"))).containsExactly(IdType.STRING);
    }

    @Test
    void boundsARangeOnBothSides() {
        Batch first = Batch.of(0, null, List.of(new BsonInt32(3), new BsonInt32(7)), null);
        Batch second = Batch.of(1, new BsonInt32(7), List.of(new BsonInt32(9)), null);

        assertThat(first.range()).isEqualTo(BsonDocument.parse("{_id: {$gte: {$numberDouble: '-Infinity'}, $lte: 7}}"));
        assertThat(second.range()).isEqualTo(BsonDocument.parse("{_id: {$gt: 7, $lte: 9}}"));
    }

    @Test
    void findsWhatIsInNoBatchOfARange() {
        Batch batch = Batch.of(0, null, List.of(new BsonInt32(3), new BsonInt32(7)), null);
        Batch late = Batch.of(5, null, List.of(new BsonInt32(4)), 0L);

        List<BsonValue> found = Batch.late(
                List.of(new BsonInt32(3), new BsonInt32(4), new BsonInt32(5), new BsonInt32(7)), List.of(batch, late));

        assertThat(found).containsExactly(new BsonInt32(5));
    }
}
