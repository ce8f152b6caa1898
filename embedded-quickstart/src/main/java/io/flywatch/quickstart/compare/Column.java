package io.flywatch.quickstart.compare;

/**
 * A column of the source.
 *
 * @param name its name
 * @param type its type as PostgreSQL's catalogue names it, e.g. {@code int8}, {@code timestamptz}, {@code _text}
 */
record Column(String name, String type) {

    /** The field that it becomes: a dot would be a path, a leading dollar an operator, and {@code _id} is the key. */
    String field() {
        if (name.equals("_id")) {
            return "_id_column";
        }
        String dotless = name.replace('.', '\uFF0E');
        return dotless.startsWith("$") ? '\uFF04' + dotless.substring(1) : dotless;
    }

    /** How it is selected, so that its value can be read exactly. */
    String selected(String quotedName) {
        return switch (type) {
            case "money" -> quotedName + "::numeric";
            case "interval" ->
                "CASE WHEN %1$s IS NOT NULL THEN (extract(year FROM %1$s) * 12 + extract(month FROM %1$s)) || ' ' || extract(day FROM %1$s) || ' ' || (extract(epoch FROM %1$s - date_trunc('day', %1$s)) * 1000000)::bigint END"
                        .formatted(quotedName);
            default -> quotedName;
        };
    }

    /** How rows are put into the order of MongoDB. */
    String ordered(String quotedName) {
        return switch (type) {
            case "int2", "int4", "int8", "numeric", "float4", "float8", "bool", "date", "timestamp", "timestamptz" ->
                quotedName;
            case "bytea" -> "octet_length(" + quotedName + "), " + quotedName;
            default -> quotedName + "::text COLLATE \"C\"";
        };
    }
}
