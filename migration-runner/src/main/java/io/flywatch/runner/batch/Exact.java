package io.flywatch.runner.batch;

import java.nio.ByteBuffer;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * Tells ids apart as MongoDB does: documents with the same fields in another order are different ids there, while Java's documents equal
 * each other.
 */
public final class Exact {
    private Exact() {}

    /** Stands for an id in sets and as a key of maps. */
    public static Object of(BsonValue id) {
        return id.isDocument() ? bytes(id.asDocument()) : id;
    }

    private static ByteBuffer bytes(BsonDocument document) {
        try (BasicOutputBuffer out = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            new BsonDocumentCodec()
                    .encode(writer, document, EncoderContext.builder().build());
            return ByteBuffer.wrap(out.toByteArray());
        }
    }
}
