package io.flywatch.cdc.mapping;

import java.util.List;

/**
 * Names of columns that become fields inside of documents. Their parts are held apart by what no column's name can have, so that a
 * column that has a dot in its name at the source is never taken for one.
 */
public final class FieldPath {
    private static final String BETWEEN = "\0";

    private FieldPath() {}

    /** The name of a column that a rule renames: each dot leads into a document. */
    static String of(String renamed) {
        return renamed.replace(".", BETWEEN);
    }

    /** Whether a name leads into a document. */
    public static boolean isNested(String name) {
        return name.contains(BETWEEN);
    }

    /** The fields from the outermost to the innermost; one for a column that is nested nowhere. */
    public static List<String> parts(String name) {
        return List.of(name.split(BETWEEN, -1));
    }

    /** As the migration's file has it. */
    static String shown(String name) {
        return name.replace(BETWEEN, ".");
    }

    /** Whether one of two names leads to the other, or into it. */
    static boolean collide(String one, String other) {
        return one.equals(other) || one.startsWith(other + BETWEEN) || other.startsWith(one + BETWEEN);
    }
}
