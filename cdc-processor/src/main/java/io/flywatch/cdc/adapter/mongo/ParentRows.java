package io.flywatch.cdc.adapter.mongo;

import io.flywatch.cdc.verify.Checksum;
import io.flywatch.cdc.verify.Digest;
import io.flywatch.cdc.verify.KeyPage;
import io.flywatch.cdc.verify.KeyRange;
import io.flywatch.cdc.verify.RowDigest;
import io.flywatch.cdc.verify.RowImage;
import io.flywatch.cdc.verify.RowKey;
import io.flywatch.cdc.verify.TargetTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A collection whose documents have arrays of embedded rows: its fields as those of any other, and with them whether its arrays are right. */
record ParentRows(MongoRows rows, MongoKeys keys, ArrayCheck arrays) implements TargetTable {
    private static final int PAGE = 200;

    /** An array is made anew soon after its rows changed: what is wrong is looked at again before it is told. */
    private static final int LOOKS = 10;

    private static final Duration BETWEEN = Duration.ofMillis(100);

    @Override
    public boolean isOrderedAsSource() {
        return rows.isOrderedAsSource();
    }

    @Override
    public Optional<Checksum> checksum(KeyRange range) {
        return Optional.empty();
    }

    @Override
    public void scan(KeyRange range, Consumer<RowDigest> taker) {
        List<RowDigest> page = new ArrayList<>(PAGE);
        rows.scan(range, row -> add(row, page, taker));
        flush(page, taker);
    }

    @Override
    public void find(Collection<RowKey> wanted, Consumer<RowDigest> taker) {
        List<RowDigest> page = new ArrayList<>(PAGE);
        rows.find(wanted, row -> add(row, page, taker));
        flush(page, taker);
    }

    private void add(RowDigest row, List<RowDigest> page, Consumer<RowDigest> taker) {
        page.add(row);
        if (page.size() == PAGE) {
            flush(page, taker);
        }
    }

    /** A row whose array is wrong is one that differs. */
    private void flush(List<RowDigest> page, Consumer<RowDigest> taker) {
        Map<RowKey, Set<String>> wrong = wrong(page.stream().map(RowDigest::key).toList());
        page.forEach(row -> taker.accept(
                wrong.containsKey(row.key())
                        ? new RowDigest(
                                row.key(),
                                new Digest(~row.digest().high(), row.digest().low()))
                        : row));
        page.clear();
    }

    private Map<RowKey, Set<String>> wrong(Collection<RowKey> wanted) {
        Map<DocumentId, RowKey> byId = new LinkedHashMap<>();
        wanted.forEach(key -> byId.put(new DocumentId(keys.id(key)), key));
        Map<RowKey, Set<String>> wrong = new HashMap<>();
        MongoRows.asked(() -> arrays.wrong(byId.keySet())).forEach((id, names) -> {
            RowKey key = byId.get(id);
            if (key != null) {
                wrong.put(key, names);
            }
        });
        return wrong;
    }

    @Override
    public Map<RowKey, RowImage> read(Collection<RowKey> wanted) {
        Map<RowKey, RowImage> found = rows.read(wanted);
        Map<RowKey, Set<String>> wrong = wrong(found.keySet());
        for (int i = 0; i < LOOKS && !wrong.isEmpty(); i++) {
            LockSupport.parkNanos(BETWEEN.toNanos());
            wrong = wrong(wrong.keySet());
        }
        if (!wrong.isEmpty()) {
            MongoRows.asked(() -> {
                arrays.requireNoneStale();
                return true;
            });
        }
        Map<RowKey, RowImage> images = new HashMap<>();
        for (Map.Entry<RowKey, RowImage> row : found.entrySet()) {
            Map<String, @Nullable String> values = new HashMap<>(row.getValue().values());
            Set<String> differing = wrong.getOrDefault(row.getKey(), Set.of());
            arrays.arrays()
                    .forEach(array ->
                            values.put(array.name(), differing.contains(array.name()) ? null : ArrayCheck.RIGHT));
            images.put(row.getKey(), new RowImage(values, row.getValue().version()));
        }
        return images;
    }

    @Override
    public KeyPage keys(@Nullable String place, int most) {
        return rows.keys(place, most);
    }
}
