package io.flywatch.cdc;

import io.flywatch.cdc.apply.Route;
import io.flywatch.cdc.avro.AvroDecoder;
import io.flywatch.cdc.change.Catalogue;
import io.flywatch.cdc.change.Decoded;
import io.flywatch.cdc.change.DocumentDecoder;
import io.flywatch.cdc.change.EnvelopeDecoder;
import io.flywatch.cdc.change.Raw;
import io.flywatch.cdc.change.RecordDecoder;
import io.flywatch.cdc.mapping.Mask;
import io.flywatch.cdc.mapping.TableMapping;
import io.flywatch.events.pipeline.PipelineDeclared;

/** Reads a lane's records as its route maps them; for one thread at a time. */
final class LaneReading {
    private final TableMapping mapping;
    private final RecordDecoder decoder;

    LaneReading(PipelineDeclared pipeline, Route route, LaneTools tools) {
        Mask mask = tools.mask().orElse(null);
        this.mapping = switch (route) {
            case Route.Table table -> TableMapping.of(table.table(), mask);
            case Route.Heartbeat heartbeat -> TableMapping.none();
        };
        Catalogue catalogue = tools.catalogues().of(pipeline, route.source());
        this.decoder = tools.catalogues().hasDocuments(pipeline)
                ? new DocumentDecoder(mapping::key)
                : new AvroDecoder(
                        new EnvelopeDecoder(mapping::key, catalogue, mapping.unread()),
                        tools.catalogues().schemas());
    }

    Decoded decode(Raw raw) {
        return mapping.apply(decoder.decode(raw));
    }
}
