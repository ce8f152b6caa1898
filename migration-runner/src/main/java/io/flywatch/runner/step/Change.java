package io.flywatch.runner.step;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** How a document is changed. */
public sealed interface Change {

    /** The change as MongoDB takes it. */
    BsonValue content();

    /** Update operators, e.g. {@code $set}, {@code $inc}. */
    record Operators(BsonDocument update) implements Change {
        @Override
        public BsonValue content() {
            return update;
        }
    }

    /** An aggregation pipeline of the stages that updates allow. */
    record Pipeline(List<BsonDocument> stages) implements Change {
        public Pipeline {
            stages = List.copyOf(stages);
        }

        @Override
        public BsonValue content() {
            return new BsonArray(stages);
        }
    }
}
