package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.KeyRange;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checksums that PostgreSQL computes: the number of rows, and the sums of both halves of the MD5 sums of each row's text. Two tables of
 * the same columns and types get the same one for the same rows, in whatever order they are read.
 */
final class PgChecksums {

    /** Types whose text says all, and says it alike on every server with the session's settings. */
    private static final Set<String> SURE = Set.of(
            "int2",
            "int4",
            "int8",
            "bool",
            "text",
            "varchar",
            "bpchar",
            "uuid",
            "date",
            "timestamp",
            "timestamptz",
            "time",
            "interval",
            "bytea",
            "float4",
            "float8",
            "jsonb",
            "inet",
            "cidr",
            "macaddr",
            "_int2",
            "_int4",
            "_int8",
            "_text",
            "_varchar",
            "_uuid",
            "_bool");

    private PgChecksums() {}

    /** Whether a column has the same text on both sides for the same value. */
    static boolean isSure(PgColumn source, PgColumn target) {
        if (source.type().equals(target.type())) {
            return SURE.contains(source.type()) || source.type().equals("numeric");
        }
        return source.isEnum() && (target.type().equals("text") || target.type().equals("varchar"));
    }

    /** The statement for the rows of a range. */
    static String of(PgTable table, KeyRange range) {
        String row =
                table.columns().stream().map(PgChecksums::text).collect(Collectors.joining(", ", "row(", ")::text"));
        return "select count(*), " + half(1) + ", " + half(17) + " from (select md5(" + row + ") as sum from "
                + table.quoted() + table.where(range) + ") as sums";
    }

    private static String text(PgColumn column) {
        return switch (column.type()) {
            case "numeric" -> "trim_scale(" + column.quoted() + ")";
            default -> column.isEnum() ? column.quoted() + "::text" : column.quoted();
        };
    }

    private static String half(int from) {
        return "coalesce(sum(('x' || substr(sum, " + from + ", 16))::bit(64)::bigint), 0)";
    }
}
