package io.flywatch.alerts.adapter.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reader asks for: conditions with a value each; those without are left out. */
final class Conditions {

    private final List<String> texts = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    void add(String condition, @Nullable Object value) {
        if (value != null) {
            texts.add(condition);
            values.add(value);
        }
    }

    /** A value that comes before all conditions. */
    void value(@Nullable Object value) {
        if (value != null) {
            values.add(value);
        }
    }

    String where() {
        return texts.isEmpty() ? "" : "where " + String.join(" and ", texts);
    }

    /** The values, and one more. */
    Object[] values(Object last) {
        List<Object> all = new ArrayList<>(values);
        all.add(last);
        return all.toArray();
    }
}
