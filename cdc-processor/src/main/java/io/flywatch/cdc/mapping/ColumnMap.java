package io.flywatch.cdc.mapping;

import io.flywatch.cdc.change.ColumnType;
import io.flywatch.cdc.change.ColumnType.Vendor;
import io.flywatch.cdc.change.Unavailable;
import io.flywatch.events.pipeline.ColumnRule;
import org.jspecify.annotations.Nullable;

/** What becomes of one column. */
record ColumnMap(
        String source,
        String target,
        ColumnRule.Action action,
        @Nullable Casts cast,
        @Nullable String fixed) {
    private static final ColumnType HASHED = new ColumnType(Vendor.UNKNOWN, "", -1, -1, "", "string");

    static ColumnMap of(ColumnRule rule) {
        String value = rule.value();
        Casts cast = rule.action() == ColumnRule.Action.CAST && value != null ? Casts.named(value) : null;
        String name = rule.name();
        return new ColumnMap(
                rule.column(), name == null ? rule.column() : FieldPath.of(name), rule.action(), cast, value);
    }

    static ColumnMap unchanged(String column) {
        return new ColumnMap(column, column, ColumnRule.Action.KEEP, null, null);
    }

    boolean isDropped() {
        return action == ColumnRule.Action.DROP;
    }

    /** Whether the value that the source has must not be seen. */
    boolean hides() {
        return action == ColumnRule.Action.HASH
                || action == ColumnRule.Action.FIXED
                || action == ColumnRule.Action.NULL;
    }

    ColumnType type(ColumnType before) {
        return switch (action) {
            case HASH, FIXED -> HASHED;
            case CAST -> cast == null ? before : cast.type();
            case KEEP, DROP, NULL -> before;
        };
    }

    /** Null stays null whatever the rule, and what is unavailable stays so unless the rule does not look at it. */
    @Nullable
    Object value(@Nullable Object value, @Nullable Mask mask) {
        if (value == null || action == ColumnRule.Action.NULL) {
            return null;
        }
        if (action == ColumnRule.Action.FIXED) {
            return fixed;
        }
        if (value == Unavailable.VALUE) {
            return value;
        }
        return switch (action) {
            case HASH -> hashed(value, mask);
            case CAST -> cast(value);
            case KEEP, DROP, NULL, FIXED -> value;
        };
    }

    private Object cast(Object value) {
        try {
            return cast == null ? value : cast.of(value);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("the column " + source + " has a value that is no " + fixed, e);
        }
    }

    private static String hashed(Object value, @Nullable Mask mask) {
        if (mask == null) {
            throw new IllegalStateException("columns are hidden, and there is no salt");
        }
        return mask.of(value);
    }
}
