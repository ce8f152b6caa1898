package io.flywatch.runner.adapter.mongo;

import io.flywatch.runner.SourceSignals;
import java.util.List;
import java.util.Optional;

/** A MongoDB source is not signalled: its connector would leave out ids of other types than the largest one. */
final class NoSignals implements SourceSignals {
    private static final String WHY =
            "Debezium reads a collection anew by ids of one type alone and leaves out all others in silence; order a verification, and then its repair, which read every document";

    @Override
    public Optional<String> create() {
        return Optional.of(WHY);
    }

    @Override
    public void write(List<Row> rows) {
        throw new UnsupportedOperationException(WHY);
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException(WHY);
    }

    @Override
    public Optional<String> flaw(String table, String condition) {
        return Optional.of(WHY);
    }
}
