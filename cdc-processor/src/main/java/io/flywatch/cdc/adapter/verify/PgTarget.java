package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.Checksum;
import io.flywatch.cdc.verify.KeyPage;
import io.flywatch.cdc.verify.KeyRange;
import io.flywatch.cdc.verify.RowDigest;
import io.flywatch.cdc.verify.RowImage;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.TargetTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A table of PostgreSQL that is verified. Its values are read as those of the source's types. */
final class PgTarget implements TargetTable {
    private final DbSession session;
    private final PgTable table;
    private final boolean ordered;
    private final SqlRows rows;
    private final SqlSource looks;

    PgTarget(DbSession session, PgTable table, boolean ordered) {
        this.session = session;
        this.table = table;
        this.ordered = ordered;
        this.rows = new SqlRows(table);
        this.looks = new SqlSource(session, table, new ValueForm());
    }

    @Override
    public boolean isOrderedAsSource() {
        return ordered;
    }

    @Override
    public Optional<Checksum> checksum(KeyRange range) {
        return looks.checksum(range);
    }

    @Override
    public void scan(KeyRange range, Consumer<RowDigest> taker) {
        looks.scan(range, taker);
    }

    @Override
    public void find(Collection<RowKey> keys, Consumer<RowDigest> taker) {
        looks.find(keys, taker);
    }

    @Override
    public Map<RowKey, RowImage> read(Collection<RowKey> keys) {
        return looks.read(keys);
    }

    /** Ranges have shown all keys of an ordered table. */
    @Override
    public KeyPage keys(@Nullable String place, int most) {
        if (ordered) {
            return new KeyPage(List.of(), List.of(), null);
        }
        RowKey after = place == null ? null : new RowKey(PgArrays.texts(place));
        KeyRange rest = new KeyRange(after, null);
        String sql = "select " + table.keys() + " from " + table.quoted() + table.where(rest) + " order by "
                + table.keys() + " limit " + most;
        return session.run(connection -> {
            List<RowKey> page = new ArrayList<>();
            SqlRows.query(connection, sql, table.parameters(rest), row -> page.add(rows.rowKey(row)));
            return new KeyPage(
                    page,
                    List.of(),
                    page.isEmpty() ? null : PgArrays.write(page.getLast().parts()));
        });
    }
}
