package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.ImpossibleException;
import io.flywatch.cdc.verify.KeyRange;
import io.flywatch.cdc.verify.RowKey;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of MySQL or MariaDB, and the SQL that reads it.
 *
 * @param quoted its name in SQL
 * @param columns all that are compared
 * @param key the columns of the key, in the key's order
 * @param left names of columns that are not compared, as their types have no form that is sure
 */
record MyTable(String quoted, List<MyColumn> columns, List<MyColumn> key, List<String> left) {
    private static final String COLUMNS = """
            select column_name, data_type, column_type, coalesce(character_maximum_length, numeric_precision, -1), extra,
              collation_name, is_nullable
            from information_schema.columns where table_schema = ? and table_name = ? order by ordinal_position""";

    /** A table by its {@code database.table}. */
    static String quoted(String table) {
        int dot = table.indexOf('.');
        return MyColumn.quoted(table.substring(0, dot)) + "." + MyColumn.quoted(table.substring(dot + 1));
    }

    /** The columns in the table's order; none if there is no such table. */
    static List<MyColumn> columns(Connection connection, String table) throws SQLException {
        int dot = table.indexOf('.');
        List<MyColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, table.substring(0, dot));
            statement.setString(2, table.substring(dot + 1));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String type = row.getString(2).toLowerCase(java.util.Locale.ROOT);
                    String declared = row.getString(3).toLowerCase(java.util.Locale.ROOT);
                    int length = (int) Math.min(Integer.MAX_VALUE, row.getLong(4));
                    columns.add(new MyColumn(
                            row.getString(1),
                            type,
                            declared,
                            length,
                            row.getString(5).contains("GENERATED")
                                    && !row.getString(5).contains("DEFAULT_GENERATED"),
                            row.getString(6),
                            MyReaders.of(
                                    type, declared, length, row.getString(7).equals("YES"))));
                }
            }
        }
        return columns;
    }

    static MyTable of(String table, List<MyColumn> all, List<String> keyColumns) {
        if (all.isEmpty()) {
            throw new ImpossibleException("there is no table " + table + ", or its columns may not be seen");
        }
        List<MyColumn> compared = all.stream()
                .filter(column -> column.reader() != null && !column.isGenerated())
                .toList();
        List<MyColumn> key = keyColumns.stream()
                .map(name -> compared.stream()
                        .filter(column ->
                                column.name().equals(name) && !column.type().equals("time"))
                        .findFirst()
                        .orElseThrow(() -> new ImpossibleException("the key column " + name + " of " + table
                                + " is not there, or its type can't be compared")))
                .toList();
        List<String> left = all.stream()
                .filter(column -> !compared.contains(column))
                .map(MyColumn::name)
                .toList();
        return new MyTable(quoted(table), compared, key, left);
    }

    /** The key's columns and then all others that are compared. */
    String selectRows() {
        return "select " + selectedKeys()
                + columns.stream().map(column -> ", " + column.selected()).collect(Collectors.joining()) + " from "
                + quoted;
    }

    String selectedKeys() {
        return key.stream().map(MyColumn::selected).collect(Collectors.joining(", "));
    }

    String keys() {
        return key.stream().map(MyColumn::quoted).collect(Collectors.joining(", "));
    }

    /**
     * Key and {@code where} of a range; its parameters are those of {@link #parameters(KeyRange)}. Rows are not compared as rows, as no
     * index is used for that.
     */
    String where(KeyRange range) {
        List<String> conditions = new ArrayList<>();
        if (range.after() != null) {
            conditions.add(compared(" > ", " > "));
        }
        if (range.upTo() != null) {
            conditions.add(compared(" < ", " <= "));
        }
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    /** {@code a > ? or a = ? and (b > ? or b = ? and (c > ?))}, the first of it told by itself, too, for the index. */
    private String compared(String inner, String last) {
        String condition = key.getLast().quoted() + last + "?";
        for (int i = key.size() - 2; i >= 0; i--) {
            String column = key.get(i).quoted();
            condition = "(" + column + inner + "? or " + column + " = ? and (" + condition + "))";
        }
        String first = key.getFirst().quoted() + inner.replace(" ", "").concat("= ?");
        return key.size() == 1 ? condition : "(" + first + " and " + condition + ")";
    }

    List<Object> parameters(KeyRange range) {
        List<Object> parameters = new ArrayList<>();
        if (range.after() != null) {
            add(range.after(), parameters);
        }
        if (range.upTo() != null) {
            add(range.upTo(), parameters);
        }
        return parameters;
    }

    private void add(RowKey bound, List<Object> parameters) {
        if (key.size() > 1) {
            parameters.add(parameter(0, bound));
        }
        for (int i = 0; i < key.size(); i++) {
            parameters.add(parameter(i, bound));
            if (i < key.size() - 1) {
                parameters.add(parameter(i, bound));
            }
        }
    }

    /** The {@code where} of a set of keys. */
    String whereKeys(Collection<RowKey> keys) {
        String one =
                key.size() == 1 ? "?" : key.stream().map(column -> "?").collect(Collectors.joining(", ", "(", ")"));
        return " where (" + keys() + ") in (" + keys.stream().map(each -> one).collect(Collectors.joining(", ")) + ")";
    }

    List<Object> parameters(Collection<RowKey> keys) {
        List<Object> parameters = new ArrayList<>();
        for (RowKey each : keys) {
            for (int i = 0; i < key.size(); i++) {
                parameters.add(parameter(i, each));
            }
        }
        return parameters;
    }

    /** A key's text, as PostgreSQL would write it, for a comparison here: of the column's own type, so that nothing is rounded. */
    private Object parameter(int part, RowKey of) {
        String text = of.parts().get(part);
        MyColumn column = key.get(part);
        if (column.isBinary()) {
            return column.type().equals("bit")
                    ? new byte[] {(byte) (text.equals("t") ? 1 : 0)}
                    : HexFormat.of().parseHex(text.substring(2));
        }
        return switch (column.type()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year", "decimal" -> new BigDecimal(text);
            case "timestamp" -> text.endsWith("+00") ? text.substring(0, text.length() - 3) : text;
            default -> text;
        };
    }
}
