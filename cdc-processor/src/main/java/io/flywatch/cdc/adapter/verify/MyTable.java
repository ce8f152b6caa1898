package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.KeyRange;
import io.flywatch.cdc.verify.LogPlace;
import io.flywatch.cdc.verify.RowKey;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table of MySQL or MariaDB, and the SQL that reads it.
 *
 * @param quoted its name in SQL
 * @param columns all that are compared
 * @param key the columns of the key, in the key's order
 * @param left names of columns that are not compared, as their types have no form that is sure
 * @param summable whether checksums computed in the database mean the same on both sides
 */
record MyTable(String quoted, List<MyColumn> columns, List<MyColumn> key, List<String> left, boolean summable)
        implements SqlTable {

    /** A key's part as a statement takes it, of the column's own type, so that nothing is rounded. */
    interface Bind {
        Object of(int part, RowKey key);
    }

    /** A table by its {@code database.table}. */
    static String quoted(String table) {
        int dot = table.indexOf('.');
        return MyColumn.quoted(table.substring(0, dot)) + "." + MyColumn.quoted(table.substring(dot + 1));
    }

    static MyTable of(String table, List<MyColumn> all, List<String> keyColumns) {
        SqlColumn.Chosen<MyColumn> chosen = SqlColumn.Chosen.of(table, all, keyColumns);
        return new MyTable(quoted(table), chosen.compared(), chosen.key(), chosen.left(), false);
    }

    @Override
    public MyTable summed(boolean sums) {
        return new MyTable(quoted, columns, key, left, sums);
    }

    /** Its rows have no version. */
    @Override
    public String selectRows() {
        return "select " + selectedKeys()
                + columns.stream().map(column -> ", " + column.selected()).collect(Collectors.joining())
                + ", null from " + quoted;
    }

    @Override
    public String selectedKeys() {
        return key.stream().map(MyColumn::selected).collect(Collectors.joining(", "));
    }

    @Override
    public String keys() {
        return key.stream().map(MyColumn::quoted).collect(Collectors.joining(", "));
    }

    /** Rows are not compared as rows, as no index is used for that. */
    @Override
    public String where(KeyRange range) {
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

    @Override
    public List<Object> parameters(KeyRange range) {
        return parameters(range, this::parameter);
    }

    List<Object> parameters(KeyRange range, Bind bind) {
        List<Object> parameters = new ArrayList<>();
        if (range.after() != null) {
            add(range.after(), bind, parameters);
        }
        if (range.upTo() != null) {
            add(range.upTo(), bind, parameters);
        }
        return parameters;
    }

    private void add(RowKey bound, Bind bind, List<Object> parameters) {
        if (key.size() > 1) {
            parameters.add(bind.of(0, bound));
        }
        for (int i = 0; i < key.size(); i++) {
            parameters.add(bind.of(i, bound));
            if (i < key.size() - 1) {
                parameters.add(bind.of(i, bound));
            }
        }
    }

    @Override
    public String whereKeys(Collection<RowKey> keys) {
        String one =
                key.size() == 1 ? "?" : key.stream().map(column -> "?").collect(Collectors.joining(", ", "(", ")"));
        return " where (" + keys() + ") in (" + keys.stream().map(each -> one).collect(Collectors.joining(", ")) + ")";
    }

    @Override
    public List<Object> parameters(Collection<RowKey> keys) {
        return parameters(keys, this::parameter);
    }

    List<Object> parameters(Collection<RowKey> keys, Bind bind) {
        List<Object> parameters = new ArrayList<>();
        for (RowKey each : keys) {
            for (int i = 0; i < key.size(); i++) {
                parameters.add(bind.of(i, each));
            }
        }
        return parameters;
    }

    /** A key's text, as PostgreSQL would write it, for a comparison here. */
    private Object parameter(int part, RowKey of) {
        String text = of.parts().get(part);
        MyColumn column = key.get(part);
        if (column.isBinary()) {
            return column.type().equals("bit")
                    ? new byte[] {(byte) (text.equals("t") ? 1 : 0)}
                    : HexFormat.of().parseHex(text.substring(2));
        }
        if (column.isNumber()) {
            return new BigDecimal(text);
        }
        return column.type().equals("timestamp") && text.endsWith("+00") ? text.substring(0, text.length() - 3) : text;
    }

    @Override
    public String part(int part, String selected) {
        return PgKeyText.of(Objects.requireNonNull(
                Objects.requireNonNull(key.get(part).reader()).read(selected)));
    }

    /** What it is known by says its value as PostgreSQL would write it. */
    @Override
    public Object value(int part, String known) {
        MyColumn column = key.get(part);
        PgReader reader = switch (column.described().type()) {
            case "bytea" -> PgReaders.of("bytea", -1, false);
            case "timestamp", "timestamptz", "date" ->
                PgReaders.of(column.described().type(), -1, false);
            default -> column.type().equals("bit") ? "t"::equals : column.reader();
        };
        return Objects.requireNonNull(Objects.requireNonNull(reader).read(known));
    }

    @Override
    public Optional<String> checksum(KeyRange range) {
        return summable ? Optional.of(MyChecksums.of(this, range)) : Optional.empty();
    }

    /** MySQL 8.4 knows the newer name alone, MariaDB and older ones the older. */
    @Override
    public LogPlace end(Connection connection) throws SQLException {
        List<LogPlace> places = new ArrayList<>(1);
        SqlRows.Line line = row -> places.add(new LogPlace.Binlog(row.getString(1), row.getLong(2)));
        try {
            SqlRows.query(connection, "show master status", List.of(), line);
        } catch (SQLException newer) {
            SqlRows.query(connection, "show binary log status", List.of(), line);
        }
        return places.getFirst();
    }

    @Override
    public String clock() {
        return "cast(unix_timestamp(now(6)) * 1000000 as signed)";
    }

    @Override
    public String estimate() {
        return "select table_rows from information_schema.tables where concat('`', replace(table_schema, '`', '``'),"
                + " '`.`', replace(table_name, '`', '``'), '`') = ?";
    }

    @Override
    public List<Object> estimated() {
        return List.of(quoted);
    }
}
