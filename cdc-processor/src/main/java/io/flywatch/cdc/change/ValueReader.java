package io.flywatch.cdc.change;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one value, of a type that is known from the schema. */
interface ValueReader {

    /** Reads the value at the parser's current token, which is not null, and leaves the parser at the value's last token. */
    @Nullable
    Object read(JsonParser parser) throws IOException;

    /** The same, where the value may be null or left out as too large. */
    default @Nullable Object readOrNull(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : read(parser);
    }
}
