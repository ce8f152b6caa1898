package io.flywatch.cdc.adapter.mongo;

/**
 * Names that MongoDB takes. A column's name is a top-level field, where a dot would mean a path and a leading dollar an operator:
 * they become their full-width forms, as MongoDB's manual proposes. Deeper inside only NUL is impossible.
 */
final class FieldNames {

    private static final char FULL_WIDTH_DOT = '\uFF0E';
    private static final char FULL_WIDTH_DOLLAR = '\uFF04';
    private static final char SYMBOL_FOR_NUL = '\u2400';

    /** Always the key, and never a column of this name. */
    private static final String ID = "_id";

    /** A field of ours in documents that have arrays of embedded rows, or are such rows. */
    static final String FLYWATCH = "_flywatch";

    private FieldNames() {}

    static String column(String name) {
        if (name.equals(ID) || name.equals(FLYWATCH)) {
            return name + "_column";
        }
        String dotless = name.indexOf('.') < 0 ? name : name.replace('.', FULL_WIDTH_DOT);
        return dotless.startsWith("$") ? FULL_WIDTH_DOLLAR + dotless.substring(1) : dotless;
    }

    static String nested(String name) {
        return name.indexOf('\0') < 0 ? name : name.replace('\0', SYMBOL_FOR_NUL);
    }
}
