package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.change.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.export.MaxAllowedPacketException;

/** MariaDB 10.5 and later, MySQL 8 and later. */
final class MySqlDialect implements Dialect {
    private static final String COLUMNS = """
            select column_name, data_type, coalesce(character_maximum_length, numeric_precision, -1), coalesce(numeric_scale, -1),
                   extra like '%GENERATED%',
                   concat(coalesce(concat(' collate ', collation_name), ''), if(is_nullable = 'YES', ' null', ' not null'))
              from information_schema.columns where table_schema = database() and table_name = ?
            """;
    private static final String UNIQUE = """
            select index_name, column_name, sub_part from information_schema.statistics
             where table_schema = database() and table_name = ? and non_unique = 0
            """;
    private static final String ENGINE =
            "select engine from information_schema.tables where table_schema = database() and table_name = ?";
    /** Numbers of errors that a row causes: too long, out of range, not null, wrong value, a check, JSON. */
    private static final Set<Integer> OF_THE_ROW = Set.of(
            1048, 1364, 1406, 1264, 1265, 1292, 1366, 1367, 1411, 3140, 3819, 4025, 1690, 1118, 1407, 3156, 1300);

    private static final int DUPLICATE = 1062;
    /** A statement took too long, the transaction is too large for the binary log, the table of locks or the group. */
    private static final Set<Integer> OF_THE_SIZE = Set.of(1969, 3024, 1197, 1206, 3100);

    /** Too large a packet: by the server, or by the driver, which knows the server's limit. */
    private static final int PACKET = 1153;

    private static final Set<Integer> OF_THE_TABLE = Set.of(1054, 1146, 1142, 1143, 1044, 1049, 1060, 1072);

    @Override
    public String quote(String identifier) {
        return '`' + identifier.replace("`", "``") + '`';
    }

    @Override
    public String table(String name) {
        return quote(name);
    }

    @Override
    public List<String> books() {
        return Books.tables(
                "longtext", "datetime(6)", " engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin");
    }

    @Override
    public Optional<TargetTable> find(Connection connection, String name, List<String> key) throws SQLException {
        Map<String, TargetColumn> columns = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, name);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                long size = Math.min(rows.getLong(3), Integer.MAX_VALUE);
                String column = rows.getString(1);
                String type = rows.getString(2).toLowerCase(Locale.ROOT);
                columns.put(
                        column,
                        new TargetColumn(
                                column, type, (int) size, rows.getInt(4), rows.getBoolean(5), rows.getString(6)));
            }
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of(described(connection, name, columns, key));
    }

    private TargetTable described(
            Connection connection, String name, Map<String, TargetColumn> columns, List<String> key)
            throws SQLException {
        Map<String, Set<String>> unique = uniques(connection, name);
        List<String> unfit = new ArrayList<>();
        if (!unique.containsValue(new HashSet<>(key))) {
            unfit.add("no unique index is on exactly the key (" + String.join(", ", key) + "): add the primary key");
        }
        try (PreparedStatement statement = connection.prepareStatement(ENGINE)) {
            statement.setString(1, name);
            ResultSet row = statement.executeQuery();
            if (row.next() && !"InnoDB".equalsIgnoreCase(row.getString(1))) {
                unfit.add("its engine " + row.getString(1) + " has no transactions: ALTER TABLE … ENGINE = InnoDB");
            }
        }
        return new TargetTable(
                quote(name),
                columns,
                key,
                unique.size() > 1,
                false,
                unfit.isEmpty()
                        ? Optional.empty()
                        : Optional.of("the target's table " + name + " is not fit: " + String.join("; ", unfit)));
    }

    /** An index on a column's beginning is unique in its own way. */
    private static Map<String, Set<String>> uniques(Connection connection, String name) throws SQLException {
        Map<String, Set<String>> unique = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(UNIQUE)) {
            statement.setString(1, name);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                String column =
                        rows.getObject(3) == null ? rows.getString(2) : rows.getString(2) + "(" + rows.getInt(3) + ")";
                unique.computeIfAbsent(rows.getString(1), index -> new HashSet<>())
                        .add(column);
            }
        }
        return unique;
    }

    @Override
    public String type(ColumnType source, boolean inKey) {
        return MySqlTypes.of(source, inKey);
    }

    @Override
    public List<String> create(String name, List<String> columns, List<String> types, List<String> key) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            boolean inKey = key.contains(columns.get(i));
            parts.add(quote(columns.get(i)) + " " + types.get(i) + (inKey ? " not null" : " null"));
        }
        parts.add("primary key ("
                + String.join(", ", key.stream().map(this::quote).toList()) + ")");
        return List.of("create table if not exists " + quote(name) + " (" + String.join(", ", parts)
                + ") engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin");
    }

    @Override
    public Optional<String> widened(TargetTable table, TargetColumn column, ColumnType source) {
        boolean inKey = table.key().contains(column.name());
        String wants = MySqlTypes.of(source, inKey);
        return MySqlTypes.isNarrower(column, wants)
                ? Optional.of("alter table " + table.name() + " modify column " + quote(column.name()) + " " + wants
                        + column.restated())
                : Optional.empty();
    }

    @Override
    public @Nullable Object cell(@Nullable Object value, TargetColumn column) {
        return MySqlCells.of(value, column);
    }

    /** In parentheses, as large columns of MySQL take an expression alone. */
    @Override
    public String literal(Object cell) {
        return cell instanceof byte[] bytes
                ? "(x'" + HexFormat.of().formatHex(bytes) + "')"
                : "('" + cell.toString().replace("\\", "\\\\").replace("'", "''") + "')";
    }

    @Override
    public RowWriter writer(Connection connection, TargetTable table) {
        return new MySqlWriter(connection, table, this);
    }

    @Override
    public boolean clearsFirst() {
        return true;
    }

    /** The driver does not send what the server would not take, and may have to begin a new connection. */
    private static boolean isOfThePacket(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MaxAllowedPacketException) {
                return true;
            }
        }
        return false;
    }

    /** MySQL's classes of states mix rows and servers, so its own numbers tell. */
    @Override
    public SqlFault fault(SQLException first) {
        SQLException e = SqlFault.deepest(first);
        int number = e.getErrorCode();
        String what = "the target answers " + number + " (" + e.getSQLState() + ")";
        if (number == DUPLICATE) {
            return new SqlFault.OfUniqueness(what + ": another row has the same value in a unique index");
        }
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (OF_THE_ROW.contains(number) || state.startsWith("22")) {
            return new SqlFault.OfTheRow(what);
        }
        if (OF_THE_TABLE.contains(number)) {
            return new SqlFault.OfTheTable(what);
        }
        if (number == PACKET || isOfThePacket(first)) {
            return new SqlFault.OfTheSize("it is more than the target's max_allowed_packet", true);
        }
        if (OF_THE_SIZE.contains(number)) {
            return new SqlFault.OfTheSize(what + ": it took too long, or is too large for the target's limits", false);
        }
        if (state.startsWith("28")) {
            return new SqlFault.OfTheDatabase("it refuses the user name or password");
        }
        return new SqlFault.OfTheDatabase(number <= 0 || state.startsWith("08") ? "it does not answer" : what);
    }
}
