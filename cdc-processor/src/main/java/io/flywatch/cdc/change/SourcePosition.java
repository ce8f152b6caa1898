package io.flywatch.cdc.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place in the source's log. Places are compared as numbers, part by part: as text {@code 00000.123} would come before
 * {@code 00000.23} (apache/hudi #9475).
 *
 * @param parts for PostgreSQL the log position of the last commit before, then that of the change itself
 */
public record SourcePosition(List<Long> parts) implements Comparable<SourcePosition> {
    public SourcePosition {
        parts = List.copyOf(parts);
    }

    /**
     * The place that Debezium names.
     *
     * @param sequence its {@code source.sequence}, a list of numbers as JSON text
     * @return empty if a part is missing, as it is before the first commit: such a place can't be compared
     */
    public static Optional<SourcePosition> parse(String sequence) {
        List<Long> parts = new ArrayList<>(2);
        for (String part : sequence.replaceAll("[\\[\\]\"\\s]", "").split(",", -1)) {
            try {
                parts.add(Long.parseLong(part));
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        }
        return Optional.of(new SourcePosition(parts));
    }

    @Override
    public int compareTo(SourcePosition other) {
        int common = Math.min(parts.size(), other.parts.size());
        for (int i = 0; i < common; i++) {
            int order = Long.compare(parts.get(i), other.parts.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(parts.size(), other.parts.size());
    }

    /** As {@link #parse} reads it. */
    public String text() {
        return parts.toString().replace(" ", "");
    }
}
