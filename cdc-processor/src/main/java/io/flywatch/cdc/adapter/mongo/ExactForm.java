package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.adapter.verify.Form;
import io.flywatch.cdc.change.Key;
import io.flywatch.cdc.change.Row;
import io.flywatch.cdc.verify.Digest;
import io.flywatch.cdc.verify.RowImage;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;

/**
 * Documents of a MongoDB source in another MongoDB: all of each, type for type, but for the order of the fields at the first level, and for the
 * {@code _id}, by which both were found. Not for several threads.
 */
final class ExactForm implements Form {
    private static final JsonWriterSettings TYPED =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    private final BsonDigest digests = new BsonDigest();

    @Override
    public Digest digest(Key key, Row row) {
        try (BasicOutputBuffer out = new BasicOutputBuffer(512);
                BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            MongoForm.CODEC.encode(
                    writer, Documents.of(key, row), EncoderContext.builder().build());
            return digests.exactly(out.getInternalBuffer(), 0);
        }
    }

    @Override
    public Map<String, @Nullable String> image(Key key, Row row) {
        return fields(Documents.of(key, row));
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    /** Of a document as it was read. */
    Digest digest(RawBsonDocument document) {
        return digests.exactly(bytes(document), 0);
    }

    /** A document as it was read, beside whose fields the other side may have none. */
    static RowImage image(RawBsonDocument document) {
        return new RowImage(fields(document.decode(MongoForm.CODEC)), null, true);
    }

    private static Map<String, @Nullable String> fields(BsonDocument document) {
        Map<String, @Nullable String> fields = new HashMap<>();
        document.forEach((name, value) -> {
            if (!name.equals(Documents.ID)) {
                fields.put(name, text(value));
            }
        });
        return fields;
    }

    private static String text(BsonValue value) {
        return new BsonDocument("v", value).toJson(TYPED);
    }

    static byte[] bytes(RawBsonDocument document) {
        ByteBuffer buffer = document.getByteBuffer().asNIO();
        if (buffer.hasArray() && buffer.arrayOffset() + buffer.position() == 0) {
            return buffer.array();
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
