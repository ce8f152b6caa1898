package io.flywatch.cdc.change;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * A row's primary key. Numbers that the source holds equal are equal here: 1.0 is 1.00.
 *
 * @param columns the key's columns, in the key's order
 * @param values their values, never null and of the classes that {@link Row} names
 * @param asDocument whether it stands as a document where there are documents, even if it has one column
 */
public record Key(List<String> columns, List<Object> values, boolean asDocument) {
    public Key {
        columns = List.copyOf(columns);
        values = canonical(values);
    }

    /** A key that stands as it does usually: as a value if it has one column. */
    public Key(List<String> columns, List<Object> values) {
        this(columns, values, false);
    }

    private static List<Object> canonical(List<Object> values) {
        Object[] canonical = values.toArray();
        for (int i = 0; i < canonical.length; i++) {
            canonical[i] = canonical(canonical[i]);
        }
        return Collections.unmodifiableList(Arrays.asList(canonical));
    }

    /** One value for all numbers that the source holds equal; any other value is itself. */
    public static Object canonical(Object value) {
        if (!(value instanceof BigDecimal number)) {
            return value;
        }
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    /** One line that tells this key from every other key of its table, over restarts too. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            text.append(i == 0 ? "" : ",").append(columns.get(i)).append('=').append(escaped(values.get(i)));
        }
        return text.toString();
    }

    private static String escaped(Object value) {
        String text = switch (value) {
            case ByteBuffer bytes -> HexFormat.of().formatHex(bytes.array());
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
        return text.replace("\\", "\\\\").replace(",", "\\,");
    }
}
