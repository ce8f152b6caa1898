package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.Checksum;
import io.flywatch.cdc.verify.KeyRange;
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

/** A table of a SQL source, brought into the form that it has to have at the target. */
final class SqlSource implements SourceTable {
    private final DbSession session;
    private final SqlTable table;
    private final SqlRows rows;
    private final Form form;

    SqlSource(DbSession session, SqlTable table, Form form) {
        this.session = session;
        this.table = table;
        this.rows = new SqlRows(table);
        this.form = form;
    }

    @Override
    public Optional<RowKey> boundary(KeyRange rest, int count) {
        String sql = "select " + table.selectedKeys() + " from " + table.quoted() + table.where(rest) + " order by "
                + table.keys() + " limit 1 offset " + (count - 1);
        return session.run(connection -> {
            List<RowKey> found = new ArrayList<>(1);
            SqlRows.query(connection, sql, table.parameters(rest), row -> found.add(rows.rowKey(row)));
            return found.stream().findFirst();
        });
    }

    @Override
    public Optional<Checksum> checksum(KeyRange range) {
        return Checksums.of(session, table, range);
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
                    (rowKey, key, row, version) -> taker.accept(new RowDigest(rowKey, form.digest(key, row))));
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
            SqlRows.query(connection, sql, table.parameters(keys), row -> found.add(rows.rowKey(row)));
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
                    (rowKey, key, row, version) -> images.put(rowKey, new RowImage(form.image(key, row), version)));
            return images;
        });
    }

    @Override
    public Moment moment() {
        return session.run(connection -> {
            List<Long> micros = new ArrayList<>(1);
            SqlRows.query(connection, "select " + table.clock(), List.of(), row -> micros.add(row.getLong(1)));
            return new Moment(Instant.EPOCH.plus(micros.getFirst(), ChronoUnit.MICROS), table.end(connection));
        });
    }

    @Override
    public OptionalLong estimate() {
        return session.run(connection -> {
            List<Long> found = new ArrayList<>(1);
            SqlRows.query(connection, table.estimate(), table.estimated(), row -> {
                long count = row.getLong(1);
                if (!row.wasNull()) {
                    found.add(count);
                }
            });
            return found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(found.getFirst());
        });
    }
}
