package io.flywatch.cdc.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.ReplaceOneModel;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

class SizesTest {
    private static final int LIMIT = 16 * 1024 * 1024;

    @Test
    void findsWhatIsNestedTooDeeply() {
        assertThat(fault(nested(180))).isEmpty();
        assertThat(fault(nested(300))).hasValueSatisfying(it -> assertThat(it).contains("nested 300 levels deep"));
    }

    @Test
    void findsAFieldThatWouldBeTakenForAnOperator() {
        assertThat(fault(BsonDocument.parse("{_id: 1, a: {$b: 1}}"))).isEmpty();
        assertThat(fault(new BsonDocument("_id", new BsonInt32(1)).append("$price", new BsonInt32(2))))
                .hasValueSatisfying(it -> assertThat(it).contains("field $price"));
    }

    private static Optional<String> fault(BsonDocument document) {
        return Sizes.fault(new ReplaceOneModel<>(new BsonDocument(), document), LIMIT);
    }

    private static BsonDocument nested(int levels) {
        BsonValue value = new BsonInt32(1);
        for (int i = 0; i < levels; i++) {
            value = new BsonDocument("d", value);
        }
        return value.asDocument();
    }
}
