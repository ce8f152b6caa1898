package io.flywatch.cdc.change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.flywatch.cdc.change.ColumnType.Vendor;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads one topic's records. It remembers the schemas it met, so that a record costs the parsing of its payload alone; not for
 * several threads at once.
 */
public final class EnvelopeDecoder implements RecordDecoder {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(100_000)
                    .build())
            .build();

    private final SchemaCache<Columns> keys = new SchemaCache<>(FACTORY, schema -> Columns.of(schema, Vendor.UNKNOWN));
    private final SchemaCache<Columns> rows = new SchemaCache<>(FACTORY, this::rowOfEnvelope);

    private final PlainRows plain;
    private final Domains domains;
    private final UnaryOperator<Key> known;
    private @Nullable Columns row;
    private @Nullable TypedKey typedKey;

    /** A decoder whose texts of keys are the keys' own. */
    public EnvelopeDecoder() {
        this(UnaryOperator.identity(), Catalogue.NONE, Set.of());
    }

    /**
     * A decoder.
     *
     * @param known what a key is called by whoever compares its text
     * @param catalogue tells the types where messages come without a schema, and what is under domains
     * @param ignored columns whose values nobody looks at
     */
    public EnvelopeDecoder(UnaryOperator<Key> known, Catalogue catalogue, Set<String> ignored) {
        this.known = known;
        this.plain = new PlainRows(FACTORY, catalogue, ignored);
        this.domains = new Domains(catalogue);
    }

    /** Whether a message comes without a schema, so that only a decoder with a catalogue reads it. */
    public static boolean isPlain(byte @Nullable [] message) {
        return message != null && PlainRows.arePlain(message);
    }

    /** A key's columns with the types that a row's columns tell. */
    private record TypedKey(Columns key, Columns row, Columns typed) {}

    private Columns rowOfEnvelope(JsonNode schema) {
        Vendor source = Vendor.UNKNOWN;
        for (JsonNode field : schema.path("fields")) {
            if (field.path("field").asText().equals("source")) {
                source = ColumnType.vendor(field.path("name").asText());
            }
        }
        for (JsonNode field : schema.path("fields")) {
            if (field.path("field").asText().equals("after")) {
                if (source == Vendor.POSTGRESQL) {
                    domains.resolve(field);
                }
                return Columns.of(field, source);
            }
        }
        throw new IllegalArgumentException("this is no envelope of Debezium: there is no field after");
    }

    @Override
    public Decoded decode(Raw raw) {
        if (raw.value() == null) {
            return new Decoded.Nothing();
        }
        try {
            return change(raw, raw.value());
        } catch (Catalogue.SourceAwayException | Catalogue.ChangedTypeException noFaultOfTheRecord) {
            throw noFaultOfTheRecord;
        } catch (IOException | RuntimeException e) {
            return new Decoded.Unreadable(keyText(raw.key()), reason(e));
        }
    }

    /** A text that tells the record's key from others, even if it can't be read. */
    public String keyText(byte @Nullable [] key) {
        if (key == null) {
            return "";
        }
        try {
            return known.apply(key(key)).text();
        } catch (Catalogue.SourceAwayException noFaultOfTheRecord) {
            throw noFaultOfTheRecord;
        } catch (IOException | RuntimeException unreadable) {
            return unreadable(key);
        }
    }

    /** A text that tells a key that can't be read from others. */
    static String unreadable(byte @Nullable [] key) {
        if (key == null) {
            return "";
        }
        try {
            return "unreadable:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private Decoded change(Raw raw, byte[] value) throws IOException {
        return PlainRows.arePlain(value) ? change(raw, plain(value), value.length) : withSchema(raw, value);
    }

    private Decoded withSchema(Raw raw, byte[] value) throws IOException {
        SchemaCache.Known<Columns> known = rows.of(value);
        row = known.schema();
        int start = known.head().length;
        return change(raw, envelope(value, start, known.schema()), value.length - start);
    }

    private Envelope plain(byte[] value) throws IOException {
        try {
            row = plain.usual();
            return envelope(value, 0, row);
        } catch (Columns.OthersException e) {
            row = plain.of(value);
            return envelope(value, 0, row);
        }
    }

    private Decoded change(Raw raw, Envelope envelope, int bytes) throws IOException {
        if (envelope.op == null) {
            throw new IOException("the payload has no op");
        }
        return switch (envelope.op) {
            case "c", "u", "r" -> put(raw, envelope, bytes);
            case "d" -> delete(raw, envelope, bytes);
            case "t" -> envelope.captured(new Change.Truncate(), Operation.TRUNCATE, raw, 0);
            case "m" -> new Decoded.Nothing();
            default -> throw new IOException("the op is none of c, u, d, r, t and m");
        };
    }

    private static Envelope envelope(byte[] value, int start, Columns columns) throws IOException {
        try (JsonParser parser = FACTORY.createParser(value, start, value.length - start)) {
            parser.nextToken();
            if (!parser.isExpectedStartObjectToken()) {
                throw new IOException("the payload is no object");
            }
            return Envelope.read(parser, columns::row);
        }
    }

    private Decoded put(Raw raw, Envelope envelope, int bytes) throws IOException {
        if (envelope.after == null) {
            throw new IOException("the row is missing");
        }
        byte[] key = required(raw.key());
        Key movedFrom = moved(raw.oldKey(), key);
        Operation operation = switch (String.valueOf(envelope.op)) {
            case "r" -> Operation.SNAPSHOT;
            case "c" -> Operation.CREATE;
            default -> Operation.UPDATE;
        };
        return envelope.captured(new Change.Put(key(key), envelope.after, movedFrom), operation, raw, bytes);
    }

    private Decoded delete(Raw raw, Envelope envelope, int bytes) throws IOException {
        byte[] key = required(raw.key());
        Key movedTo = moved(raw.newKey(), key);
        return envelope.captured(new Change.Delete(key(key), movedTo), Operation.DELETE, raw, bytes);
    }

    private static byte[] required(byte @Nullable [] key) throws IOException {
        if (key == null) {
            throw new IOException("the record has no key: does the table have a primary key?");
        }
        return key;
    }

    private Key key(byte[] bytes) throws IOException {
        if (PlainRows.arePlain(bytes)) {
            return key(bytes, 0, plainKey(bytes));
        }
        SchemaCache.Known<Columns> known = keys.of(bytes);
        return key(bytes, known.head().length, typed(known.schema()));
    }

    private Columns typed(Columns key) {
        Columns latest = row;
        if (latest == null) {
            return key;
        }
        TypedKey known = typedKey;
        if (known == null || known.key() != key || known.row() != latest) {
            known = new TypedKey(key, latest, key.typedBy(latest));
            typedKey = known;
        }
        return known.typed();
    }

    /** A key without a schema has the types of the row's columns, which the row may have told. */
    private Columns plainKey(byte[] bytes) throws IOException {
        Columns latest = row;
        List<String> names = plain.namesOfKey(bytes);
        return latest != null && latest.has(names) ? latest.only(names) : plain.of(names);
    }

    /** Reads a key in a header, which may come without a schema: it has the columns of the record's own key. */
    private @Nullable Key moved(byte @Nullable [] header, byte[] ownKey) throws IOException {
        if (header == null) {
            return null;
        }
        boolean bare = PlainRows.arePlain(header) && !PlainRows.arePlain(ownKey);
        return bare ? key(header, 0, typed(keys.of(ownKey).schema())) : key(header);
    }

    private static Key key(byte[] bytes, int start, Columns columns) throws IOException {
        try (JsonParser parser = FACTORY.createParser(bytes, start, bytes.length - start)) {
            parser.nextToken();
            return columns.key(parser);
        }
    }

    private static String reason(Exception e) {
        return e instanceof JsonProcessingException json
                ? "malformed JSON at byte " + json.getLocation().getByteOffset()
                : String.valueOf(e.getMessage());
    }
}
