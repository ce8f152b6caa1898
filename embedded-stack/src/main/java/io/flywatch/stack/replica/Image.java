package io.flywatch.stack.replica;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A document as it stands at one time.
 *
 * @param document null if there is none
 */
record Image(@Nullable BsonDocument document) {
    static final Image NONE = new Image(null);

    static BsonValue id(BsonDocument document) {
        BsonValue id = document.get("_id");
        if (id == null) {
            throw new Refusal(2, "a document without _id");
        }
        return id;
    }
}
