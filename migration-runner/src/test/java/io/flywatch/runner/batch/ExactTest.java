package io.flywatch.runner.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

class ExactTest {
    private static final BsonValue ID = BsonDocument.parse("{a: 1, b: 2}");
    private static final BsonValue TURNED = BsonDocument.parse("{b: 2, a: 1}");

    @Test
    void tellsIdsWithTheSameFieldsInAnotherOrderApart() {
        assertThat(Exact.of(ID)).isEqualTo(Exact.of(BsonDocument.parse("{a: 1, b: 2}")));
        assertThat(Exact.of(ID)).isNotEqualTo(Exact.of(TURNED));
        assertThat(Exact.of(new BsonString("x"))).isEqualTo(Exact.of(new BsonString("x")));
    }

    @Test
    void takesADocumentForLateWhoseIdWasKnownInAnotherOrderAlone() {
        Batch batch = Batch.of(0, null, List.of(ID), null);

        assertThat(Batch.late(List.of(ID, TURNED), List.of(batch))).containsExactly(TURNED);
    }
}
