package io.flywatch.cdc.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Turns messages in Avro into the JSON messages that Kafka Connect would have written of the same records, schema and all: what is
 * done with types is done in one place. It remembers the schemas that it met last; not for several threads at once.
 */
public final class AvroMessages {
    private static final int KEPT = 64;
    private static final JsonFactory JSON = new JsonFactory();

    private final Schemas schemas;
    private final Map<Long, Known> known = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Known> eldest) {
            return size() > KEPT;
        }
    };
    private @Nullable BinaryDecoder decoder;

    /** With the schemas of a registry. */
    public AvroMessages(Schemas schemas) {
        this.schemas = schemas;
    }

    /** A schema, and how the JSON of its messages begins. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Known(GenericDatumReader<Object> reader, byte[] head) {
        static Known of(String text) {
            Schema schema = new Schema.Parser().parse(text);
            String head = "{\"schema\":" + ConnectSchema.of(schema) + ",\"payload\":";
            return new Known(new GenericDatumReader<>(schema), head.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Whether a message is in Avro: it begins with a zero, as no JSON does. */
    public static boolean isAvro(byte @Nullable [] message) {
        return message != null && message.length > 0 && message[0] == 0;
    }

    /**
     * The same as JSON.
     *
     * @throws IOException with the reason if it can't be read
     * @throws io.flywatch.cdc.change.Catalogue.SourceAwayException if the registry has to be asked and does not answer
     */
    public byte[] json(byte[] message) throws IOException {
        if (!schemas.isThere()) {
            throw new IOException(
                    "it is in Avro, and no registry of schemas is set: set flywatch.cdc.registry.url and replay it");
        }
        int start = 1 + schemas.bytesOfId();
        if (message.length < start) {
            throw new IOException("it begins like Avro and ends before the number of its schema");
        }
        ByteBuffer number = ByteBuffer.wrap(message, 1, schemas.bytesOfId());
        long id = schemas.bytesOfId() == Long.BYTES ? number.getLong() : number.getInt();
        try {
            return json(known(id), message, start);
        } catch (EOFException e) {
            throw new IOException("it ends before all that its schema " + id + " says has come", e);
        } catch (AvroRuntimeException | IllegalArgumentException | IndexOutOfBoundsException | ClassCastException e) {
            throw new IOException("it is not of its schema " + id + ": " + e.getMessage(), e);
        }
    }

    private Known known(long id) throws IOException {
        Known before = known.get(id);
        if (before != null) {
            return before;
        }
        String text = schemas.schema(id)
                .orElseThrow(() -> new IOException("the registry has no schema of the number " + id
                        + ": is flywatch.cdc.registry.ids as the connector's converter writes them?"));
        Known now = Known.of(text);
        known.put(id, now);
        return now;
    }

    private byte[] json(Known schema, byte[] message, int start) throws IOException {
        decoder = DecoderFactory.get().binaryDecoder(message, start, message.length - start, decoder);
        Object value = schema.reader().read(null, decoder);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(schema.head().length + 4 * message.length);
        bytes.write(schema.head());
        try (JsonGenerator to = JSON.createGenerator(bytes)) {
            JsonPayload.write(value, to);
        }
        bytes.write('}');
        return bytes.toByteArray();
    }
}
