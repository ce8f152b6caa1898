package io.flywatch.cdc.adapter.mongo;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.conversions.Bson;
import org.bson.io.BasicOutputBuffer;

/** How many bytes a write takes. Asked only when one of a batch was too large. */
final class Sizes {

    private Sizes() {}

    static int of(WriteModel<BsonDocument> model) {
        return switch (model) {
            case ReplaceOneModel<BsonDocument> replace -> of(replace.getReplacement());
            case UpdateOneModel<BsonDocument> update -> of(update.getUpdate());
            default -> 0;
        };
    }

    private static int of(@org.jspecify.annotations.Nullable Bson document) {
        if (document == null) {
            return 0;
        }
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec()
                    .encode(
                            writer,
                            document.toBsonDocument(),
                            EncoderContext.builder().build());
            return buffer.getSize();
        }
    }
}
