package io.flywatch.cdc.verify;

import java.util.List;

/**
 * A row's key, as both sides know it.
 *
 * @param parts the key's columns in the key's order, each as the source writes it as text, numbers without trailing zeros
 */
public record RowKey(List<String> parts) {
    public RowKey {
        parts = List.copyOf(parts);
    }

    /** A key of these parts. */
    public static RowKey of(String... parts) {
        return new RowKey(List.of(parts));
    }

    /** One text that tells this key from every other of its table. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(text.isEmpty() ? "" : ",")
                    .append(part.replace("\\", "\\\\").replace(",", "\\,"));
        }
        return text.toString();
    }

    /** Keys are contents, too: they are shown to those who ask for them, and never logged. */
    @Override
    public String toString() {
        return "RowKey of " + parts.size();
    }
}
