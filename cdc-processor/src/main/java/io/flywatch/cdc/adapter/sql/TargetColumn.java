package io.flywatch.cdc.adapter.sql;

/**
 * A column as the target's catalogue has it.
 *
 * @param type the type without length or precision, as the target writes it, such as {@code numeric} or {@code longblob}
 * @param size its length in characters, bits or digits; -1 if it has none
 * @param scale digits behind the point; -1 if it has none
 * @param generated whether the target computes it, so that it can't be written
 * @param restated what a statement that changes its type has to say again, or it is lost
 */
record TargetColumn(String name, String type, int size, int scale, boolean generated, String restated) {
    /** A column of which a change of its type takes nothing away. */
    TargetColumn(String name, String type, int size, int scale, boolean generated) {
        this(name, type, size, scale, generated, "");
    }

    /** Whether it holds texts of any kind. */
    boolean isText() {
        return type.contains("char") || type.endsWith("text");
    }
}
