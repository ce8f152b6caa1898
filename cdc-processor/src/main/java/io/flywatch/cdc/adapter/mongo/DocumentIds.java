package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.change.Bson;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.verify.RowKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** The {@code _id}s of a MongoDB source as verifications know them: by the text that databases without such types have for them. */
final class DocumentIds {
    private static final String BEFORE = "{\"v\": ";

    /** As Debezium writes ids, to the last blank: their text is the key of SQL targets. */
    private static final JsonWriterSettings AS_DEBEZIUM = JsonWriterSettings.builder()
            .outputMode(JsonMode.RELAXED)
            .indent(true)
            .indentCharacters("")
            .newLineCharacters("")
            .build();

    private DocumentIds() {}

    /** The id of a document. */
    static BsonValue of(BsonDocument document) {
        return Objects.requireNonNull(document.get(Documents.ID));
    }

    /** The id as the change stream brings it. */
    static Bson bson(BsonValue id) {
        String wrapped = new BsonDocument("v", id).toJson(AS_DEBEZIUM);
        return new Bson(wrapped.substring(BEFORE.length(), wrapped.length() - 1));
    }

    static Key key(BsonValue id) {
        return new Key(List.of(DocumentDecoder.ID), List.of(bson(id)));
    }

    static RowKey rowKey(BsonValue id) {
        return RowKey.of(id.isObjectId() ? id.asObjectId().getValue().toHexString() : bson(id).toString());
    }

    /** The id that has this key; empty if no document of a source can have it. */
    static Optional<BsonValue> id(RowKey key) {
        try {
            return Bson.told(key.parts().getFirst())
                    .map(BsonValues::of)
                    .filter(id -> rowKey(id).equals(key));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
