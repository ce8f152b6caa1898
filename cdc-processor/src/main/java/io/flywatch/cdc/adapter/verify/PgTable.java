package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.ImpossibleException;
import io.flywatch.cdc.verify.KeyRange;
import io.flywatch.cdc.verify.RowKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of PostgreSQL, and the SQL that reads it.
 *
 * @param quoted its name in SQL
 * @param columns all that are compared
 * @param key the columns of the key, in the key's order
 * @param left names of columns that are not compared, as their types have no form that is sure
 * @param summable whether checksums computed in the database mean the same on both sides
 */
record PgTable(String quoted, List<PgColumn> columns, List<PgColumn> key, List<String> left, boolean summable) {

    /** A table by its {@code schema.table}, of which a dot may be part of the table's name. */
    static String quoted(String table) {
        int dot = table.indexOf('.');
        return PgColumn.quoted(table.substring(0, dot)) + "." + PgColumn.quoted(table.substring(dot + 1));
    }

    static PgTable of(String table, List<PgColumn> all, List<String> keyColumns) {
        if (all.isEmpty()) {
            throw new ImpossibleException("there is no table " + table + ", or its columns may not be seen");
        }
        List<PgColumn> compared = all.stream()
                .filter(column -> column.reader() != null && !column.isGenerated())
                .toList();
        List<PgColumn> key = keyColumns.stream()
                .map(name -> compared.stream()
                        .filter(column -> column.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new ImpossibleException("the key column " + name + " of " + table
                                + " is not there, or its type can't be compared")))
                .toList();
        List<String> left = all.stream()
                .filter(column -> !compared.contains(column))
                .map(PgColumn::name)
                .toList();
        return new PgTable(quoted(table), compared, key, left, false);
    }

    PgTable summed(boolean sums) {
        return new PgTable(quoted, columns, key, left, sums);
    }

    /** The key's columns and then all others that are compared; the key's come twice if they are selected as something else. */
    String selectRows() {
        return "select " + keys()
                + columns.stream().map(column -> ", " + column.selected()).collect(Collectors.joining())
                + ", xmin::text from " + quoted;
    }

    String keys() {
        return key.stream().map(PgColumn::quoted).collect(Collectors.joining(", "));
    }

    /** Key and {@code where} of a range; its parameters are those of {@link #parameters(KeyRange)}. */
    String where(KeyRange range) {
        List<String> conditions = new ArrayList<>();
        if (range.after() != null) {
            conditions.add("(" + keys() + ") > (" + marks() + ")");
        }
        if (range.upTo() != null) {
            conditions.add("(" + keys() + ") <= (" + marks() + ")");
        }
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    private String marks() {
        return key.stream().map(column -> "?").collect(Collectors.joining(", "));
    }

    static List<String> parameters(KeyRange range) {
        List<String> parameters = new ArrayList<>();
        if (range.after() != null) {
            parameters.addAll(range.after().parts());
        }
        if (range.upTo() != null) {
            parameters.addAll(range.upTo().parts());
        }
        return parameters;
    }

    /** The {@code where} of a set of keys, each column of which is one parameter, an array. */
    String whereKeys() {
        if (key.size() == 1) {
            return " where " + keys() + " = any(?::" + key.getFirst().sqlType() + "[])";
        }
        return " where (" + keys() + ") in (select * from unnest("
                + key.stream().map(column -> "?::" + column.sqlType() + "[]").collect(Collectors.joining(", ")) + "))";
    }

    List<String> parameters(Collection<RowKey> keys) {
        return IntStream.range(0, key.size())
                .mapToObj(i -> PgArrays.write(
                        keys.stream().map(one -> one.parts().get(i)).toList()))
                .toList();
    }

    /** One text for all numbers that are equal; anything else is as PostgreSQL writes it. */
    String canonical(int part, String text) {
        if (!key.get(part).type().equals("numeric") || !(PgReaders.decimal(text) instanceof BigDecimal number)) {
            return text;
        }
        return number.stripTrailingZeros().toPlainString();
    }
}
