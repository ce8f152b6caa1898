package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.Checksum;
import io.flywatch.cdc.verify.KeyRange;
import io.flywatch.cdc.verify.LogPlace;
import io.flywatch.cdc.verify.Moment;
import io.flywatch.cdc.verify.RowDigest;
import io.flywatch.cdc.verify.RowImage;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.SourceTable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** A table of a MySQL or MariaDB source, brought into the form that it has to have at the target. */
final class MySource implements SourceTable {
    private static final int MICROS = 6;

    private final DbSession session;
    private final MyTable table;
    private final MyRows rows;
    private final Form form;

    MySource(DbSession session, MyTable table, Form form) {
        this.session = session;
        this.table = table;
        this.rows = new MyRows(table);
        this.form = form;
    }

    @Override
    public Optional<RowKey> boundary(KeyRange rest, int count) {
        String sql = "select " + table.selectedKeys() + " from " + table.quoted() + table.where(rest) + " order by "
                + table.keys() + " limit 1 offset " + (count - 1);
        return session.run(connection -> {
            List<RowKey> found = new ArrayList<>(1);
            MyRows.query(connection, sql, table.parameters(rest), row -> found.add(MyRows.rowKey(rows.key(row))));
            return found.stream().findFirst();
        });
    }

    /** No target has the same: each writes values as texts in its own way. */
    @Override
    public Optional<Checksum> checksum(KeyRange range) {
        return Optional.empty();
    }

    @Override
    public void scan(KeyRange range, Consumer<RowDigest> taker) {
        digests(table.where(range), table.parameters(range), taker);
    }

    @Override
    public void find(Collection<RowKey> keys, Consumer<RowDigest> taker) {
        if (!keys.isEmpty()) {
            digests(table.whereKeys(keys), table.parameters(keys), taker);
        }
    }

    private void digests(String where, List<Object> parameters, Consumer<RowDigest> taker) {
        session.run(connection -> {
            rows.read(
                    connection,
                    where,
                    parameters,
                    (rowKey, key, row) -> taker.accept(new RowDigest(rowKey, form.digest(key, row))));
            return true;
        });
    }

    /** Told by the very keys: what a collation holds equal is another row at the target. */
    @Override
    public Set<RowKey> existing(Collection<RowKey> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        String sql = "select " + table.selectedKeys() + " from " + table.quoted() + table.whereKeys(keys);
        return session.run(connection -> {
            Set<RowKey> found = new HashSet<>();
            MyRows.query(connection, sql, table.parameters(keys), row -> found.add(MyRows.rowKey(rows.key(row))));
            return found;
        });
    }

    @Override
    public Map<RowKey, RowImage> read(Collection<RowKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        return session.run(connection -> {
            Map<RowKey, RowImage> images = new HashMap<>();
            rows.read(
                    connection,
                    table.whereKeys(keys),
                    table.parameters(keys),
                    (rowKey, key, row) -> images.put(rowKey, new RowImage(form.image(key, row), null)));
            return images;
        });
    }

    /** What can be seen is in the binlog: it is written before a transaction's changes can be seen. */
    @Override
    public Moment moment() {
        return session.run(connection -> {
            List<Instant> clock = new ArrayList<>(1);
            MyRows.query(connection, "select unix_timestamp(now(6))", List.of(), row -> {
                BigDecimal seconds = row.getBigDecimal(1);
                clock.add(Instant.EPOCH.plus(seconds.movePointRight(MICROS).longValue(), ChronoUnit.MICROS));
            });
            return new Moment(clock.getFirst(), end(connection));
        });
    }

    /** MySQL 8.4 knows the newer name alone, MariaDB and older ones the older. */
    private static LogPlace end(Connection connection) throws SQLException {
        List<LogPlace> places = new ArrayList<>(1);
        MyRows.Line line = row -> places.add(new LogPlace.Binlog(row.getString(1), row.getLong(2)));
        try {
            MyRows.query(connection, "show master status", List.of(), line);
        } catch (SQLException newer) {
            MyRows.query(connection, "show binary log status", List.of(), line);
        }
        return places.getFirst();
    }

    @Override
    public OptionalLong estimate() {
        return session.run(connection -> {
            List<Long> count = new ArrayList<>(1);
            MyRows.query(
                    connection,
                    "select table_rows from information_schema.tables where concat('`', replace(table_schema, '`', '``'),"
                            + " '`.`', replace(table_name, '`', '``'), '`') = ?",
                    List.of(table.quoted()),
                    row -> {
                        long rowsOfTable = row.getLong(1);
                        if (!row.wasNull()) {
                            count.add(rowsOfTable);
                        }
                    });
            return count.isEmpty() ? OptionalLong.empty() : OptionalLong.of(count.getFirst());
        });
    }
}
