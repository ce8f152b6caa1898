package io.flywatch.cdc.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row to be looked at closely.
 *
 * @param values a canonical text for each column, by the column's name at the target; null for a null
 * @param version changes with each change of the row, if the database has such a thing; else null
 * @param whole whether the target may have nothing beside it
 */
public record RowImage(
        Map<String, @Nullable String> values, @Nullable String version, boolean whole) {
    public RowImage {
        values = Collections.unmodifiableMap(new HashMap<>(values));
    }

    /** A row beside whose columns the target may have others. */
    public RowImage(Map<String, @Nullable String> values, @Nullable String version) {
        this(values, version, false);
    }

    /**
     * The columns in which what the target has is not what this row at the source asks for. A column that the target lacks is a null
     * there, as rows are not written anew when the source's table gets a column; what only the target has is none of our business, unless
     * this is the whole row.
     */
    public List<String> differences(RowImage target) {
        List<String> differing = new ArrayList<>();
        values.forEach((column, value) -> {
            if (!Objects.equals(value, target.values.get(column))) {
                differing.add(column);
            }
        });
        if (whole) {
            target.values.keySet().stream()
                    .filter(column -> !values.containsKey(column))
                    .forEach(differing::add);
        }
        Collections.sort(differing);
        return differing;
    }

    /** Whether the row has been the same all the time from this look to a later one; without versions, whether it looks the same. */
    boolean isStill(RowImage later) {
        return version == null ? values.equals(later.values) : version.equals(later.version);
    }

    /** Names alone: a row's contents never reach a log. */
    @Override
    public String toString() {
        return "RowImage" + values.keySet();
    }
}
