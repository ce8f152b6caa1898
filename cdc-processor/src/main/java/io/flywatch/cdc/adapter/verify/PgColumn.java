package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.change.ColumnType;
import java.util.Locale;
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
        @Nullable PgReader reader)
        implements SqlColumn {

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

    @Override
    public boolean mayBeKey() {
        return true;
    }

    @Override
    public SourceColumn described() {
        return SourceColumn.of(this);
    }

    /** Its type and the modifier; not the type's inner workings. */
    @Override
    public String signature() {
        return type + '\t' + modifier;
    }

    @Override
    public ColumnType told() {
        int digits = modifier - 4;
        boolean known = modifier >= 4;
        boolean number = type.equals("numeric");
        int length = type.equals("bit") ? modifier : !known ? -1 : number ? digits >>> 16 : digits;
        return new ColumnType(
                ColumnType.Vendor.POSTGRESQL,
                type.toUpperCase(Locale.ROOT),
                length,
                known && number ? digits & 0x7FF : -1,
                meaning(),
                "string");
    }

    private String meaning() {
        return switch (type) {
            case "date" -> "io.debezium.time.Date";
            case "timestamp" -> "io.debezium.time.MicroTimestamp";
            case "timestamptz" -> "io.debezium.time.ZonedTimestamp";
            case "time" -> "io.debezium.time.MicroTime";
            default -> isEnum && !type.startsWith("_") ? "io.debezium.data.Enum" : "";
        };
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
