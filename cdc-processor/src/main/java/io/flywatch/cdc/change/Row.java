package io.flywatch.cdc.change;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row's columns. A value is null or one of {@link Boolean}, {@link Integer}, {@link Long}, {@link Double},
 * {@link java.math.BigDecimal}, {@link String}, {@link java.nio.ByteBuffer}, {@link Json}, {@link java.time.LocalDate},
 * {@link java.time.LocalDateTime}, {@link java.time.Instant}, {@link NotFinite}, {@link Endless}, {@link List} and {@link java.util.Map} of these, or
 * {@link Unavailable#VALUE}.
 */
public final class Row {
    private final Shape shape;
    private final List<String> names;
    private final @Nullable Object[] values;
    private final boolean complete;

    /** A row of columns whose types nobody told. */
    public Row(List<String> names, @Nullable Object... values) {
        this(Shape.untyped(names), values);
    }

    /** A row; the values are not copied and must not be changed afterwards. */
    public Row(Shape shape, @Nullable Object... values) {
        this.shape = shape;
        this.names = shape.names();
        this.values = values;
        this.complete = !Arrays.asList(values).contains(Unavailable.VALUE);
    }

    /** Its columns. */
    public Shape shape() {
        return shape;
    }

    /** The number of columns. */
    public int size() {
        return values.length;
    }

    /** A column's name, by its place. */
    public String name(int column) {
        return names.get(column);
    }

    /** A column's value, by its place. */
    public @Nullable Object value(int column) {
        return values[column];
    }

    /** Whether every value is there. */
    public boolean isComplete() {
        return complete;
    }

    /** How many values are unavailable: the source left them as they were and did not say what they are. */
    public int unavailable() {
        int count = 0;
        for (Object value : values) {
            count += value == Unavailable.VALUE ? 1 : 0;
        }
        return count;
    }

    /** This row, where its unavailable values are taken from an earlier state of the row, as far as that has them. */
    public Row filledFrom(Row earlier) {
        if (complete) {
            return this;
        }
        @Nullable Object[] filled = values.clone();
        for (int i = 0; i < filled.length; i++) {
            if (filled[i] == Unavailable.VALUE) {
                filled[i] = earlier.valueOf(i, names);
            }
        }
        return new Row(shape, filled);
    }

    private @Nullable Object valueOf(int column, List<String> namesOfOther) {
        int place = namesOfOther == names ? column : names.indexOf(namesOfOther.get(column));
        return place < 0 ? Unavailable.VALUE : values[place];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row && names.equals(row.names) && Arrays.equals(values, row.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(names, Arrays.hashCode(values));
    }

    /** Names alone: a row's contents never reach a log. */
    @Override
    public String toString() {
        return "Row" + names;
    }
}
