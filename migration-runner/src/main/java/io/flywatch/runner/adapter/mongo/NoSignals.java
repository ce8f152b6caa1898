package io.flywatch.runner.adapter.mongo;

import io.flywatch.runner.SourceSignals;
import java.util.List;
import java.util.Optional;

/** A MongoDB source is not signalled: its connector has never been seen to read a signal here. */
final class NoSignals implements SourceSignals {
    private static final String WHY = "a MongoDB source's connector is not signalled by Flywatch yet";

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
