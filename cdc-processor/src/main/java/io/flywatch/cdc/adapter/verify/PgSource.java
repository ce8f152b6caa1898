package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.Checksum;
import io.flywatch.cdc.verify.KeyRange;
import io.flywatch.cdc.verify.LogPlace;
import io.flywatch.cdc.verify.Moment;
import io.flywatch.cdc.verify.RowDigest;
import io.flywatch.cdc.verify.RowImage;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.SourceTable;
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

/** A table of a PostgreSQL source, brought into the form that it has to have at the target. */
final class PgSource implements SourceTable {
    private final DbSession session;
    private final PgTable table;
    private final PgRows rows;
    private final Form form;

    PgSource(DbSession session, PgTable table, Form form) {
        this.session = session;
        this.table = table;
        this.rows = new PgRows(table);
        this.form = form;
    }

    @Override
    public Optional<RowKey> boundary(KeyRange rest, int count) {
        String sql = "select " + table.keys() + " from " + table.quoted() + table.where(rest) + " order by "
                + table.keys() + " offset " + (count - 1) + " limit 1";
        return session.run(connection -> {
            List<RowKey> found = new ArrayList<>(1);
            PgRows.query(connection, sql, PgTable.parameters(rest), row -> found.add(rows.rowKey(row)));
            return found.stream().findFirst();
        });
    }

    @Override
    public Optional<Checksum> checksum(KeyRange range) {
        return PgChecksums.of(session, table, range);
    }

    @Override
    public void scan(KeyRange range, Consumer<RowDigest> taker) {
        session.run(connection -> {
            rows.read(
                    connection,
                    table.where(range),
                    PgTable.parameters(range),
                    (rowKey, key, row, version) -> taker.accept(new RowDigest(rowKey, form.digest(key, row))));
            return true;
        });
    }

    @Override
    public void find(Collection<RowKey> keys, Consumer<RowDigest> taker) {
        session.run(connection -> {
            rows.read(
                    connection,
                    table.whereKeys(),
                    table.parameters(keys),
                    (rowKey, key, row, version) -> taker.accept(new RowDigest(rowKey, form.digest(key, row))));
            return true;
        });
    }

    @Override
    public Set<RowKey> existing(Collection<RowKey> keys) {
        String sql = "select " + table.keys() + " from " + table.quoted() + table.whereKeys();
        return session.run(connection -> {
            Set<RowKey> found = new HashSet<>();
            PgRows.query(connection, sql, table.parameters(keys), row -> found.add(rows.rowKey(row)));
            return found;
        });
    }

    @Override
    public Map<RowKey, RowImage> read(Collection<RowKey> keys) {
        return session.run(connection -> {
            Map<RowKey, RowImage> images = new HashMap<>();
            rows.read(
                    connection,
                    table.whereKeys(),
                    table.parameters(keys),
                    (rowKey, key, row, version) -> images.put(rowKey, new RowImage(form.image(key, row), version)));
            return images;
        });
    }

    /** What can be seen is in the log, if not on the disk yet: its end in memory counts. */
    @Override
    public Moment moment() {
        return session.run(connection -> {
            List<Moment> now = new ArrayList<>(1);
            PgRows.query(
                    connection,
                    "select (extract(epoch from clock_timestamp()) * 1000000)::bigint, (case when pg_is_in_recovery()"
                            + " then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end - '0/0'::pg_lsn)::bigint",
                    List.of(),
                    row -> now.add(new Moment(
                            Instant.EPOCH.plus(row.getLong(1), ChronoUnit.MICROS), new LogPlace.Wal(row.getLong(2)))));
            return now.getFirst();
        });
    }

    @Override
    public OptionalLong estimate() {
        return session.run(connection -> {
            List<Long> rowsOfTable = new ArrayList<>(1);
            PgRows.query(
                    connection,
                    "select sum(reltuples)::bigint from pg_class where reltuples >= 0 and relkind <> 'p' and (oid = ?::regclass"
                            + " or oid in (select inhrelid from pg_inherits where inhparent = ?::regclass))",
                    List.of(table.quoted(), table.quoted()),
                    row -> {
                        long count = row.getLong(1);
                        if (!row.wasNull()) {
                            rowsOfTable.add(count);
                        }
                    });
            return rowsOfTable.isEmpty() ? OptionalLong.empty() : OptionalLong.of(rowsOfTable.getFirst());
        });
    }
}
