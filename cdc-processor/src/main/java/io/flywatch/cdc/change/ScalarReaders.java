package io.flywatch.cdc.change;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Reads numbers and bytes. */
final class ScalarReaders {

    private ScalarReaders() {}

    /** A number that Debezium wrote as text, so that no digit is lost; a text that is none stays text. */
    static @Nullable Object decimal(JsonParser parser) throws IOException {
        String text = parser.getText();
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException noNumber) {
            NotFinite special = NotFinite.of(text);
            return special != null ? special : Unavailable.replace(text);
        }
    }

    /** Kafka Connect's own decimal: the digits as bytes, the scale in the schema. */
    static ValueReader decimalOfScale(int scale) {
        return parser -> new BigDecimal(new BigInteger(parser.getBinaryValue()), scale);
    }

    /** A number with its scale beside it. */
    static @Nullable Object variableScaleDecimal(JsonParser parser) throws IOException {
        int scale = 0;
        byte @Nullable [] digits = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("scale")) {
                scale = parser.getIntValue();
            } else if (name.equals("value")) {
                digits = parser.getBinaryValue();
            }
        }
        return digits == null ? null : new BigDecimal(new BigInteger(digits), scale);
    }

    /** JSON has no word for NaN and the infinities, so they come as text. */
    static Object floating(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return parser.getDoubleValue();
        }
        String text = parser.getText();
        NotFinite special = NotFinite.of(text);
        return switch (special) {
            case NAN -> Double.NaN;
            case POSITIVE -> Double.POSITIVE_INFINITY;
            case NEGATIVE -> Double.NEGATIVE_INFINITY;
            case null -> Double.parseDouble(text);
        };
    }

    /** Base64. */
    static @Nullable Object bytes(JsonParser parser) throws IOException {
        Object text = Unavailable.replace(parser.getText());
        return text instanceof String base64
                ? ByteBuffer.wrap(Base64.getDecoder().decode(base64))
                : text;
    }

    /**
     * A string of bits, as PostgreSQL writes it; Debezium sends the last bit first, and of a varying length no zeros in front.
     *
     * @param length the column's length if it is fixed, else 0
     */
    static ValueReader bits(int length) {
        return parser -> {
            BitSet bits = BitSet.valueOf(parser.getBinaryValue());
            int size = length > 0 ? length : bits.length();
            StringBuilder text = new StringBuilder(size);
            for (int i = size - 1; i >= 0; i--) {
                text.append(bits.get(i) ? '1' : '0');
            }
            return text.toString();
        };
    }
}
