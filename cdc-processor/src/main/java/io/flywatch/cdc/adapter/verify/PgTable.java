package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.KeyRange;
import io.flywatch.cdc.verify.LogPlace;
import io.flywatch.cdc.verify.RowKey;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
record PgTable(String quoted, List<PgColumn> columns, List<PgColumn> key, List<String> left, boolean summable)
        implements SqlTable {

    /** A table by its {@code schema.table}, of which a dot may be part of the table's name. */
    static String quoted(String table) {
        int dot = table.indexOf('.');
        return PgColumn.quoted(table.substring(0, dot)) + "." + PgColumn.quoted(table.substring(dot + 1));
    }

    static PgTable of(String table, List<PgColumn> all, List<String> keyColumns) {
        SqlColumn.Chosen<PgColumn> chosen = SqlColumn.Chosen.of(table, all, keyColumns);
        return new PgTable(quoted(table), chosen.compared(), chosen.key(), chosen.left(), false);
    }

    @Override
    public PgTable summed(boolean sums) {
        return new PgTable(quoted, columns, key, left, sums);
    }

    /** The key's come twice if they are selected as something else. */
    @Override
    public String selectRows() {
        return "select " + keys()
                + columns.stream().map(column -> ", " + column.selected()).collect(Collectors.joining())
                + ", xmin::text from " + quoted;
    }

    @Override
    public String selectedKeys() {
        return keys();
    }

    @Override
    public String keys() {
        return key.stream().map(PgColumn::quoted).collect(Collectors.joining(", "));
    }

    @Override
    public String where(KeyRange range) {
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

    @Override
    public List<Object> parameters(KeyRange range) {
        List<Object> parameters = new ArrayList<>();
        if (range.after() != null) {
            parameters.addAll(range.after().parts());
        }
        if (range.upTo() != null) {
            parameters.addAll(range.upTo().parts());
        }
        return parameters;
    }

    /** Each column is one parameter, an array. */
    @Override
    public String whereKeys(Collection<RowKey> keys) {
        if (key.size() == 1) {
            return " where " + keys() + " = any(?::" + key.getFirst().sqlType() + "[])";
        }
        return " where (" + keys() + ") in (select * from unnest("
                + key.stream().map(column -> "?::" + column.sqlType() + "[]").collect(Collectors.joining(", ")) + "))";
    }

    @Override
    public List<Object> parameters(Collection<RowKey> keys) {
        return IntStream.range(0, key.size())
                .<Object>mapToObj(i -> PgArrays.write(
                        keys.stream().map(one -> one.parts().get(i)).toList()))
                .toList();
    }

    /** One text for all numbers that are equal; anything else is as PostgreSQL writes it. */
    @Override
    public String part(int part, String selected) {
        if (!key.get(part).type().equals("numeric") || !(PgReaders.decimal(selected) instanceof BigDecimal number)) {
            return selected;
        }
        return number.stripTrailingZeros().toPlainString();
    }

    @Override
    public Object value(int part, String known) {
        return Objects.requireNonNull(
                Objects.requireNonNull(key.get(part).reader()).read(known));
    }

    @Override
    public Optional<String> checksum(KeyRange range) {
        return summable ? Optional.of(PgChecksums.of(this, range)) : Optional.empty();
    }

    /** What can be seen is in the log, if not on the disk yet: its end in memory counts. */
    @Override
    public LogPlace end(Connection connection) throws SQLException {
        List<LogPlace> places = new ArrayList<>(1);
        SqlRows.query(
                connection,
                "select (case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end"
                        + " - '0/0'::pg_lsn)::bigint",
                List.of(),
                row -> places.add(new LogPlace.Wal(row.getLong(1))));
        return places.getFirst();
    }

    @Override
    public String clock() {
        return "(extract(epoch from clock_timestamp()) * 1000000)::bigint";
    }

    @Override
    public String estimate() {
        return "select sum(reltuples)::bigint from pg_class where reltuples >= 0 and relkind <> 'p' and (oid = ?::regclass"
                + " or oid in (select inhrelid from pg_inherits where inhparent = ?::regclass))";
    }

    @Override
    public List<Object> estimated() {
        return List.of(quoted, quoted);
    }
}
