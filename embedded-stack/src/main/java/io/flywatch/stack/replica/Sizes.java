package io.flywatch.stack.replica;

import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** How large documents are, and may be. */
final class Sizes {
    static final int LARGEST_DOCUMENT = 16 * 1024 * 1024;

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private Sizes() {}

    static int of(BsonDocument document) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer(512);
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            CODEC.encode(writer, document, EncoderContext.builder().build());
            return buffer.getSize();
        }
    }
}
