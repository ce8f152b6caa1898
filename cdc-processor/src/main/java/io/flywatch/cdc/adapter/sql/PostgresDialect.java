package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.change.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PostgreSQL 12 and later. */
final class PostgresDialect implements Dialect {
    /** A statement or a transaction took too long or was cancelled, or ran out of memory. */
    private static final Set<String> OF_THE_SIZE = Set.of("57014", "25P03", "25P04", "53200");

    private static final String COLUMNS = """
            select a.attname, format_type(a.atttypid, -1), a.attgenerated <> '',
                   coalesce(information_schema._pg_char_max_length(a.atttypid, a.atttypmod),
                            information_schema._pg_numeric_precision(a.atttypid, a.atttypmod), -1),
                   coalesce(information_schema._pg_numeric_scale(a.atttypid, a.atttypmod), -1)
              from pg_attribute a
             where a.attrelid = to_regclass(?) and a.attnum > 0 and not a.attisdropped
            """;
    private static final String UNIQUE = """
            select i.indpred is null and i.indexprs is null and i.indimmediate and i.indisvalid,
                   (select array_agg(a.attname::text) from pg_attribute a
                     where a.attrelid = i.indrelid and a.attnum = any (i.indkey))
              from pg_index i where i.indrelid = to_regclass(?) and i.indisunique
            """;
    private static final String STATE = """
            select (select string_agg(f.conname, ', ') from pg_constraint f
                     where f.contype = 'f' and (f.conrelid = c.oid or f.confrelid = c.oid)),
                   exists (select 1 from pg_constraint f where f.contype = 'f' and f.confrelid = c.oid),
                   has_table_privilege(c.oid, 'TRUNCATE'), current_setting('session_replication_role') = 'replica'
              from pg_class c where c.oid = to_regclass(?)
            """;

    @Override
    public String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public String table(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? quote(name) : quote(name.substring(0, dot)) + "." + quote(name.substring(dot + 1));
    }

    @Override
    public List<String> books() {
        return Books.tables("text", "timestamptz", "");
    }

    @Override
    public Optional<TargetTable> find(Connection connection, String name, List<String> key) throws SQLException {
        String table = table(name);
        Map<String, TargetColumn> columns = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, table);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                String column = rows.getString(1);
                columns.put(
                        column,
                        new TargetColumn(
                                column, rows.getString(2), rows.getInt(4), rows.getInt(5), rows.getBoolean(3)));
            }
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of(described(connection, table, columns, key));
    }

    private static TargetTable described(
            Connection connection, String table, Map<String, TargetColumn> columns, List<String> key)
            throws SQLException {
        List<String> unfit = new ArrayList<>();
        boolean unique = uniqueness(connection, table, key, unfit);
        boolean truncates;
        try (PreparedStatement statement = connection.prepareStatement(STATE)) {
            statement.setString(1, table);
            ResultSet rows = statement.executeQuery();
            rows.next();
            String foreign = rows.getString(1);
            if (foreign != null && !rows.getBoolean(4)) {
                unfit.add("it has the foreign key " + foreign
                        + ", and tables are not written in its order: drop it until the"
                        + " cutover, or GRANT SET ON PARAMETER session_replication_role to the user");
            }
            truncates = !rows.getBoolean(2) && rows.getBoolean(3);
        }
        return new TargetTable(
                table,
                columns,
                key,
                unique,
                truncates,
                unfit.isEmpty()
                        ? Optional.empty()
                        : Optional.of("the target's table " + table + " is not fit: " + String.join("; ", unfit)));
    }

    private static boolean uniqueness(Connection connection, String table, List<String> key, List<String> unfit)
            throws SQLException {
        boolean found = false;
        boolean others = false;
        try (PreparedStatement statement = connection.prepareStatement(UNIQUE)) {
            statement.setString(1, table);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                boolean ofKey = rows.getBoolean(1)
                        && new HashSet<>(List.of((String[]) rows.getArray(2).getArray())).equals(new HashSet<>(key));
                found |= ofKey;
                others |= !ofKey;
            }
        }
        if (!found) {
            unfit.add("no unique index is on exactly the key (" + String.join(", ", key) + "): add the primary key");
        }
        return others;
    }

    @Override
    public String type(ColumnType source, boolean inKey) {
        return PostgresTypes.of(source);
    }

    @Override
    public List<String> create(String name, List<String> columns, List<String> types, List<String> key) {
        List<String> statements = new ArrayList<>();
        int dot = name.indexOf('.');
        if (dot > 0) {
            statements.add("create schema if not exists " + quote(name.substring(0, dot)));
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            parts.add(quote(columns.get(i)) + " " + types.get(i));
        }
        parts.add("primary key ("
                + String.join(", ", key.stream().map(this::quote).toList()) + ")");
        statements.add("create table if not exists " + table(name) + " (" + String.join(", ", parts) + ")");
        return statements;
    }

    @Override
    public Optional<String> widened(TargetTable table, TargetColumn column, ColumnType source) {
        String wants = PostgresTypes.of(source);
        return PostgresTypes.isNarrower(column, wants)
                ? Optional.of(
                        "alter table " + table.name() + " alter column " + quote(column.name()) + " type " + wants)
                : Optional.empty();
    }

    @Override
    public @Nullable Object cell(@Nullable Object value, TargetColumn column) {
        return PostgresCells.of(value, column);
    }

    @Override
    public String literal(Object cell) {
        return "'" + ((String) cell).replace("'", "''") + "'";
    }

    @Override
    public RowWriter writer(Connection connection, TargetTable table) {
        return new PostgresWriter(connection, table, this);
    }

    @Override
    public boolean clearsFirst() {
        return false;
    }

    /** The class of the state tells: 22 and 23 are of the data, 54 of its size; unknown is tried again. */
    @Override
    public SqlFault fault(SQLException first) {
        SQLException e = SqlFault.deepest(first);
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String what = "the target answers " + state + reasonOf(e);
        if (state.equals("23505")) {
            return new SqlFault.OfUniqueness(what);
        }
        if (state.equals("21000")) {
            return new SqlFault.OfTheTable(what
                    + ": two rows of the source have one key at the target; compare the type and collation of the key");
        }
        if (OF_THE_SIZE.contains(state)) {
            return new SqlFault.OfTheSize(what + ": see its statement_timeout, transaction_timeout and memory", false);
        }
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "22", "23", "54" -> new SqlFault.OfTheRow(what);
            case "42", "3F" -> new SqlFault.OfTheTable(what);
            case "08" -> new SqlFault.OfTheDatabase("it does not answer (" + state + ")");
            case "28" -> new SqlFault.OfTheDatabase("it refuses the user name or password");
            default -> new SqlFault.OfTheDatabase(state.isEmpty() ? "it does not answer" : what);
        };
    }

    /** The names that the server gives, and never its text, which quotes values. */
    private static String reasonOf(SQLException e) {
        if (e instanceof org.postgresql.util.PSQLException server && server.getServerErrorMessage() != null) {
            var message = server.getServerErrorMessage();
            String constraint = message.getConstraint() == null ? "" : ", constraint " + message.getConstraint();
            String column = message.getColumn() == null ? "" : ", column " + message.getColumn();
            return " (" + message.getRoutine() + constraint + column + ")";
        }
        return "";
    }
}
