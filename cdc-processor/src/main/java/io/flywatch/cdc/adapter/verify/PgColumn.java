package io.flywatch.cdc.adapter.verify;

import org.jspecify.annotations.Nullable;

/**
 * A column of PostgreSQL.
 *
 * @param type its type's name in the catalogue, a domain's base type, e.g. {@code int8} or {@code _text}
 * @param sqlType its type as SQL writes it, without a length
 * @param modifier the type's modifier, e.g. the length of {@code bit(n)}
 * @param isEnum whether its type, or its elements' type, is an enumeration
 * @param isGenerated whether the database computes it, so that it is not replicated
 * @param sortsByBytes whether it is no text, or text that sorts by its bytes
 * @param reader reads what the driver gives; null if the column can't be compared
 */
record PgColumn(
        String name,
        String type,
        String sqlType,
        int modifier,
        boolean isEnum,
        boolean isGenerated,
        boolean sortsByBytes,
        @Nullable PgReader reader) {

    /** Its name in SQL. */
    String quoted() {
        return quoted(name);
    }

    /** This column, whose values are read as those of another one. */
    PgColumn readAs(PgColumn other) {
        return readBy(other.reader);
    }

    /** This column, whose values are read by another reader. */
    PgColumn readBy(@Nullable PgReader other) {
        return new PgColumn(name, type, sqlType, modifier, isEnum, isGenerated, sortsByBytes, other);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** How it is selected. */
    String selected() {
        return switch (type) {
            case "money" -> quoted() + "::numeric";
            case "hstore" -> "hstore_to_json(" + quoted() + ")";
            default -> quoted();
        };
    }
}
