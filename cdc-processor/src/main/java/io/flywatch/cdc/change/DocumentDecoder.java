package io.flywatch.cdc.change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.flywatch.cdc.change.ColumnType.Vendor;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one of MongoDB's collections, with or without a schema. A document is a row of two columns: its {@code _id}, and
 * all of it as Extended JSON.
 */
public final class DocumentDecoder implements RecordDecoder {
    /** The name of the column of the key. */
    public static final String ID = "_id";

    /** The name of the column that has the whole document. */
    public static final String DOCUMENT = "document";

    /** The types of the two columns. */
    public static final Shape SHAPE = new Shape(
            List.of(ID, DOCUMENT),
            List.of(
                    new ColumnType(Vendor.MONGODB, "ID", -1, -1, "", "string"),
                    new ColumnType(Vendor.MONGODB, "DOCUMENT", -1, -1, "io.debezium.data.Json", "string")));

    private static final Pattern SUSPECT = Pattern.compile("NaN|Infinity|-0\\.0|[0-9][eE][-+]?[0-9]");
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final SchemaCache<Boolean> schemas = new SchemaCache<>(FACTORY, schema -> Boolean.TRUE);
    private final UnaryOperator<Key> known;

    /**
     * A decoder.
     *
     * @param known what a key is called by whoever compares its text
     */
    public DocumentDecoder(UnaryOperator<Key> known) {
        this.known = known;
    }

    /** Whether rows of this shape are documents: their last column has all of it. */
    public static boolean areDocuments(Shape shape) {
        ColumnType last = shape.types().getLast();
        return last.source() == Vendor.MONGODB && last.name().equals("DOCUMENT");
    }

    @Override
    public Decoded decode(Raw raw) {
        if (raw.value() == null) {
            return new Decoded.Nothing();
        }
        try {
            return change(raw, key(raw.key()), raw.value());
        } catch (IOException | RuntimeException e) {
            return new Decoded.Unreadable(keyText(raw.key()), reason(e));
        }
    }

    private String keyText(byte @Nullable [] key) {
        try {
            return known.apply(key(key)).text();
        } catch (IOException | RuntimeException unreadable) {
            return EnvelopeDecoder.unreadable(key);
        }
    }

    private static String reason(Exception e) {
        return e instanceof JsonProcessingException json
                ? "malformed JSON at byte " + json.getLocation().getByteOffset()
                : String.valueOf(e.getMessage());
    }

    private Key key(byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            throw new IOException("the record has no key");
        }
        try (JsonParser parser = payload(bytes)) {
            parser.nextToken();
            if (!"id".equals(parser.nextFieldName()) || parser.nextToken() != JsonToken.VALUE_STRING) {
                throw new IOException("the record's key has no id, as Debezium's MongoDB connector writes it");
            }
            return new Key(List.of(ID), List.of(new Bson(parser.getText())));
        }
    }

    private JsonParser payload(byte[] message) throws IOException {
        int start = PlainRows.arePlain(message) ? 0 : schemas.of(message).head().length;
        return FACTORY.createParser(message, start, message.length - start);
    }

    private Decoded change(Raw raw, Key key, byte[] value) throws IOException {
        Envelope envelope;
        try (JsonParser parser = payload(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the payload is no object");
            }
            envelope = Envelope.read(parser, after -> row(key, after));
        }
        return switch (Objects.requireNonNullElse(envelope.op, "none")) {
            case "c", "r", "u" -> put(raw, key, envelope);
            case "d" -> envelope.captured(new Change.Delete(key, null), Operation.DELETE, raw, value.length);
            default -> throw new IOException("the op is none of c, u, d and r");
        };
    }

    /**
     * An update is read with the document as it is when the connector asks for it: if there is none, it was deleted in between, and that
     * delete follows.
     */
    private static Decoded put(Raw raw, Key key, Envelope envelope) throws IOException {
        Row row = envelope.after;
        if (row == null && "u".equals(envelope.op)) {
            return new Decoded.Nothing();
        }
        if (row == null) {
            throw new IOException("the document is missing");
        }
        Operation operation = switch (String.valueOf(envelope.op)) {
            case "r" -> Operation.SNAPSHOT;
            case "c" -> Operation.CREATE;
            default -> Operation.UPDATE;
        };
        return envelope.captured(
                new Change.Put(key, row, null), operation, raw, Objects.requireNonNull(raw.value()).length);
    }

    private static Row row(Key key, JsonParser after) throws IOException {
        if (after.currentToken() != JsonToken.VALUE_STRING) {
            throw new IOException("the document is no text of JSON");
        }
        return row((Bson) key.values().getFirst(), after.getText());
    }

    /**
     * A document's row.
     *
     * @param document as Debezium writes it
     */
    public static Row row(Bson id, String document) throws IOException {
        return new Row(SHAPE, id, new Json(valid(document)));
    }

    /** Debezium's dialect writes NaN and the infinities bare, which is no JSON, and large numbers with an exponent. */
    private static String valid(String document) throws IOException {
        return SUSPECT.matcher(document).find()
                ? ExtendedJson.text(ExtendedJson.withExactDoubles(ExtendedJson.tree(document)))
                : document;
    }
}
