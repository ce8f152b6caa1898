package io.flywatch.cdc;

import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.EnvelopeDecoder;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.mapping.Mask;
import io.flywatch.cdc.mapping.TableMapping;
import org.jspecify.annotations.Nullable;

/** Reads a lane's records as its route maps them; for one thread at a time. */
final class LaneReading {
    private final TableMapping mapping;
    private final EnvelopeDecoder decoder;

    LaneReading(Route route, @Nullable Mask mask) {
        this.mapping = switch (route) {
            case Route.Table table -> TableMapping.of(table.table(), mask);
            case Route.Heartbeat heartbeat -> TableMapping.none();
        };
        this.decoder = new EnvelopeDecoder(mapping::key);
    }

    Decoded decode(Raw raw) {
        return mapping.apply(decoder.decode(raw));
    }
}
