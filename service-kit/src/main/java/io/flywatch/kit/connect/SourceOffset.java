package io.flywatch.kit.connect;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a source connector is, as Kafka Connect has committed it: the record with this offset, and every record before it, is in Kafka.
 *
 * @param partition of the source; names and values are the connector's own
 * @param offset the place in it; the same
 */
public record SourceOffset(Map<String, @Nullable Object> partition, Map<String, @Nullable Object> offset) {
    public SourceOffset {
        partition = Collections.unmodifiableMap(new LinkedHashMap<>(partition));
        offset = Collections.unmodifiableMap(new LinkedHashMap<>(offset));
    }
}
