package io.flywatch.cdc.avro;

import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.EnvelopeDecoder;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.change.RecordDecoder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads records whose keys or values are in Avro, and all others, as {@link EnvelopeDecoder} does. */
public final class AvroDecoder implements RecordDecoder {
    private final EnvelopeDecoder decoder;
    private final AvroMessages messages;

    /** Hands over to a decoder of JSON. */
    public AvroDecoder(EnvelopeDecoder decoder, Schemas schemas) {
        this.decoder = decoder;
        this.messages = new AvroMessages(schemas);
    }

    @Override
    public Decoded decode(Raw raw) {
        if (!AvroMessages.isAvro(raw.value()) && !AvroMessages.isAvro(raw.key())) {
            return decoder.decode(raw);
        }
        try {
            return decoder.decode(new Raw(
                    json(raw.key()),
                    json(raw.value()),
                    json(raw.newKey()),
                    json(raw.oldKey()),
                    raw.stored(),
                    raw.received()));
        } catch (IOException e) {
            return new Decoded.Unreadable(keyText(raw.key()), String.valueOf(e.getMessage()));
        }
    }

    /** What follows of the same key has to wait behind it, so the key is read if it can be. */
    private String keyText(byte @Nullable [] key) {
        try {
            return decoder.keyText(json(key));
        } catch (IOException unreadable) {
            return decoder.keyText(key);
        }
    }

    private byte @Nullable [] json(byte @Nullable [] message) throws IOException {
        return message != null && AvroMessages.isAvro(message) ? messages.json(message) : message;
    }
}
