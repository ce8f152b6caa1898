package io.flywatch.cdc.adapter.mongo;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bson.BSONException;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.conversions.Bson;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/** Finds the writes that can't be sent, once one of a batch could not. */
final class Sizes {

    /** A type, up to seven digits, and a zero. */
    private static final int OF_A_PLACE = 9;
    /** The server's own limit for documents that are stored; for those on the way it is 200, with what stands around them. */
    private static final int DEEPEST = 180;

    private Sizes() {}

    /** The bytes that a document takes as an element of an array: its type, its place as text, and itself. */
    static long ofElement(BsonDocument element) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec()
                    .encode(writer, element, EncoderContext.builder().build());
            return buffer.getSize() + OF_A_PLACE;
        }
    }

    /** The bytes of an update; nothing for a delete. */
    static long ofUpdate(WriteModel<BsonDocument> model) {
        return model instanceof UpdateOneModel<BsonDocument> update && update.getUpdate() != null
                ? ofElement(update.getUpdate().toBsonDocument())
                : 0;
    }

    /** What is wrong with a write; empty if nothing is. */
    static Optional<String> fault(WriteModel<BsonDocument> model, int limit) {
        return switch (model) {
            case ReplaceOneModel<BsonDocument> replace ->
                operator(replace.getReplacement()).or(() -> fault(replace.getReplacement(), limit));
            case UpdateOneModel<BsonDocument> update -> fault(update.getUpdate(), limit);
            default -> Optional.empty();
        };
    }

    private static Optional<String> operator(BsonDocument document) {
        return document.keySet().stream()
                .filter(it -> it.startsWith("$"))
                .findFirst()
                .map(it -> "its field " + it + " would be taken for an operator, as it stands at the first level");
    }

    private static int depth(BsonValue value) {
        Collection<BsonValue> inside =
                value.isDocument() ? value.asDocument().values() : value.isArray() ? value.asArray() : List.of();
        return inside.stream().mapToInt(it -> depth(it) + 1).max().orElse(0);
    }

    private static Optional<String> fault(@Nullable Bson document, int limit) {
        if (document == null) {
            return Optional.empty();
        }
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec()
                    .encode(
                            writer,
                            document.toBsonDocument(),
                            EncoderContext.builder().build());
            int deep = depth(document.toBsonDocument());
            if (deep > DEEPEST) {
                return Optional.of(
                        "it is nested " + deep + " levels deep, and the target takes " + DEEPEST + " at most");
            }
            int bytes = buffer.getSize();
            return bytes <= limit
                    ? Optional.empty()
                    : Optional.of(
                            "as a document it has " + bytes + " bytes, and the target takes " + limit + " at most");
        } catch (BSONException | IllegalArgumentException e) {
            return Optional.of("it has no form in MongoDB: " + e.getClass().getSimpleName());
        }
    }
}
