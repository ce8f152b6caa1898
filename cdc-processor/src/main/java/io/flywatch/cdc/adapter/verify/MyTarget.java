package io.flywatch.cdc.adapter.verify;

import io.flywatch.cdc.verify.Checksum;
import io.flywatch.cdc.verify.Digest;
import io.flywatch.cdc.verify.KeyPage;
import io.flywatch.cdc.verify.KeyRange;
import io.flywatch.cdc.verify.RowDigest;
import io.flywatch.cdc.verify.RowImage;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.TargetTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A table of MySQL or MariaDB that is verified as a target. Rows are told apart by their very keys, not by what a collation says of them. */
final class MyTarget implements TargetTable {
    /** The most keys of one question. */
    private static final int KEYS = 500;

    private final DbSession session;
    private final MyTable table;
    private final MyKeys keys;
    private final List<MyCell> cells;
    private final TextDigest digests = new TextDigest();

    /**
     * A table.
     *
     * @param cells its columns that are compared, as the table has them
     */
    MyTarget(DbSession session, MyTable table, MyKeys keys, List<MyCell> cells) {
        this.session = session;
        this.table = table;
        this.keys = keys;
        this.cells = List.copyOf(cells);
    }

    @Override
    public boolean isOrderedAsSource() {
        return keys.areOrdered();
    }

    @Override
    public Optional<Checksum> checksum(KeyRange range) {
        return table.checksum(range).map(sql -> Checksums.of(session, sql, table.parameters(range, keys::parameter)));
    }

    private interface Taker {
        void take(List<String> key, ResultSet row) throws SQLException;
    }

    private void read(String where, List<Object> parameters, Taker taker) {
        session.run(connection -> {
            SqlRows.query(connection, table.selectRows() + where, parameters, row -> taker.take(key(row), row));
            return true;
        });
    }

    private List<String> key(ResultSet row) throws SQLException {
        List<String> parts = new ArrayList<>(table.key().size());
        for (int i = 0; i < table.key().size(); i++) {
            parts.add(row.getString(i + 1));
        }
        return parts;
    }

    private @Nullable String text(ResultSet row, int column) throws SQLException {
        return cells.get(column).found(row.getString(table.key().size() + 1 + column));
    }

    private Digest digest(ResultSet row) throws SQLException {
        for (int i = 0; i < cells.size(); i++) {
            String text = text(row, i);
            if (text != null) {
                digests.add(cells.get(i).column().name(), text);
            }
        }
        return digests.take();
    }

    private RowImage image(ResultSet row) throws SQLException {
        Map<String, @Nullable String> image = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            image.put(cells.get(i).column().name(), text(row, i));
        }
        return new RowImage(image, null);
    }

    /** What is no key of the source's is found as foreign. */
    @Override
    public void scan(KeyRange range, Consumer<RowDigest> rows) {
        read(table.where(range), table.parameters(range, keys::parameter), (key, row) -> {
            Optional<RowKey> known = keys.key(key);
            if (known.isPresent()) {
                rows.accept(new RowDigest(known.get(), digest(row)));
            }
        });
    }

    private interface Found {
        void take(RowKey key, ResultSet row) throws SQLException;
    }

    private void look(Collection<RowKey> wanted, Found found) {
        List<RowKey> all = List.copyOf(wanted);
        for (int from = 0; from < all.size(); from += KEYS) {
            page(all.subList(from, Math.min(all.size(), from + KEYS)), found);
        }
    }

    private void page(List<RowKey> wanted, Found found) {
        Map<List<String>, RowKey> there = new HashMap<>();
        wanted.forEach(key -> keys.told(key).ifPresent(told -> there.put(told, key)));
        if (there.isEmpty()) {
            return;
        }
        List<RowKey> asked = List.copyOf(there.values());
        read(table.whereKeys(asked), table.parameters(asked, keys::parameter), (key, row) -> {
            RowKey known = there.get(keys.told(key));
            if (known != null) {
                found.take(known, row);
            }
        });
    }

    @Override
    public void find(Collection<RowKey> wanted, Consumer<RowDigest> rows) {
        look(wanted, (key, row) -> rows.accept(new RowDigest(key, digest(row))));
    }

    @Override
    public Map<RowKey, RowImage> read(Collection<RowKey> wanted) {
        Map<RowKey, RowImage> images = new HashMap<>();
        look(wanted, (key, row) -> images.put(key, image(row)));
        return images;
    }

    /** Keys that can't be turned back can't be looked up at the source. */
    @Override
    public KeyPage keys(@Nullable String place, int most) {
        if (!keys.areReversible() || keys.areOrdered() && keys.areAll()) {
            return new KeyPage(List.of(), List.of(), null);
        }
        KeyRange rest = new KeyRange(place == null ? null : new RowKey(PgArrays.texts(place)), null);
        String sql = "select " + table.selectedKeys() + " from " + table.quoted() + table.where(rest) + " order by "
                + table.keys() + " limit " + most;
        List<RowKey> known = new ArrayList<>();
        List<RowKey> foreign = new ArrayList<>();
        List<List<String>> last = new ArrayList<>();
        session.run(connection -> {
            SqlRows.query(connection, sql, table.parameters(rest, keys::again), row -> {
                List<String> key = key(row);
                last.add(key);
                keys.key(key).ifPresentOrElse(known::add, () -> foreign.add(new RowKey(key)));
            });
            return true;
        });
        return new KeyPage(
                keys.areOrdered() ? List.of() : known, foreign, last.isEmpty() ? null : PgArrays.write(last.getLast()));
    }
}
