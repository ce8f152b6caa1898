package io.flywatch.cdc.change;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a large value that the change left as it was, and that the source therefore did not log. Debezium writes a
 * placeholder, whose shape depends on the column's type: text, bytes, an array with the text's characters as numbers, and so on.
 */
public enum Unavailable {
    VALUE;

    private static final String TEXT = "__debezium_unavailable_value";
    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);
    private static final String IN_A_MAP = "{\"" + TEXT + "\":\"" + TEXT + "\"}";
    private static final Set<String> TEXTS = Set.of(
            TEXT,
            IN_A_MAP,
            Base64.getEncoder().encodeToString(BYTES),
            HexFormat.of().formatHex(BYTES));
    private static final Set<Object> ONLY_ELEMENTS =
            Set.of(VALUE, ByteBuffer.wrap(BYTES), UUID.nameUUIDFromBytes(BYTES).toString());
    private static final List<Integer> CODES =
            IntStream.range(0, BYTES.length).mapToObj(i -> (int) BYTES[i]).toList();
    private static final Set<List<?>> LISTS = Set.of(
            CODES,
            CODES.stream().map(Integer::longValue).toList(),
            CODES.stream().map(LocalDate::ofEpochDay).toList());

    /** {@link #VALUE} in place of a placeholder, anything else as it is. */
    static @Nullable Object replace(@Nullable Object value) {
        return isPlaceholder(value) ? VALUE : value;
    }

    private static boolean isPlaceholder(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case String text -> isPlaceholder(text);
            case Json json -> isPlaceholder(json.text());
            case ByteBuffer bytes -> bytes.remaining() == BYTES.length && bytes.equals(ByteBuffer.wrap(BYTES));
            case List<?> list -> isPlaceholder(list);
            case Map<?, ?> map -> map.size() == 1 && map.containsKey(TEXT);
            default -> false;
        };
    }

    private static boolean isPlaceholder(String text) {
        return switch (text.length()) {
            case 28, 40, 56, 63 -> TEXTS.contains(text);
            default -> false;
        };
    }

    private static boolean isPlaceholder(List<?> list) {
        if (list.size() == 1) {
            Object only = list.getFirst();
            return only != null && ONLY_ELEMENTS.contains(only);
        }
        return list.size() == CODES.size() && LISTS.contains(list);
    }
}
