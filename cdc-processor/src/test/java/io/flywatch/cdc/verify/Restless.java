package io.flywatch.cdc.verify;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** A source whose row changes before each look, faster than any pipeline. */
final class Restless implements SourceTable {
    private final SourceTable inner;
    private final TinySides sides;
    private final List<Integer> reads;

    Restless(TinySides sides, List<Integer> reads) {
        this.inner = sides.sourceTable();
        this.sides = sides;
        this.reads = reads;
    }

    @Override
    public Optional<RowKey> boundary(KeyRange rest, int rows) {
        return inner.boundary(rest, rows);
    }

    @Override
    public Optional<Checksum> checksum(KeyRange range) {
        return Optional.empty();
    }

    @Override
    public void scan(KeyRange range, Consumer<RowDigest> rows) {
        inner.scan(range, row -> rows.accept(new RowDigest(row.key(), new Digest(0, 0))));
    }

    @Override
    public void find(Collection<RowKey> keys, Consumer<RowDigest> rows) {
        inner.find(keys, rows);
    }

    @Override
    public Set<RowKey> existing(Collection<RowKey> keys) {
        return inner.existing(keys);
    }

    @Override
    public Map<RowKey, RowImage> read(Collection<RowKey> keys) {
        reads.add(keys.size());
        return Map.of(keys.iterator().next(), new RowImage(Map.of("v", "n" + reads.size()), "version " + reads.size()));
    }

    @Override
    public Moment moment() {
        return inner.moment();
    }

    @Override
    public OptionalLong estimate() {
        return OptionalLong.of(sides.source.size());
    }
}
