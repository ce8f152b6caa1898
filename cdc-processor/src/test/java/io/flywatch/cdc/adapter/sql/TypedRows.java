package io.flywatch.cdc.adapter.sql;

import io.flywatch.cdc.change.Change;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.EnvelopeDecoder;
import io.flywatch.cdc.change.Recorded;
import java.util.List;
import java.util.stream.Stream;

/** Rows of every type of PostgreSQL, as a real Debezium recorded them. */
final class TypedRows {
    private TypedRows() {}

    /** The rows of a table's snapshot. */
    static List<Change.Put> snapshot(String table) {
        EnvelopeDecoder decoder = new EnvelopeDecoder();
        return Recorded.of(table).stream()
                .flatMap(found -> decoder.decode(found.raw()) instanceof Decoded.Of of
                                && of.captured().isSnapshot()
                                && of.captured().change() instanceof Change.Put put
                        ? Stream.of(put)
                        : Stream.empty())
                .toList();
    }
}
