package io.flywatch.cdc.change;

import org.jspecify.annotations.Nullable;

/**
 * A record as it came.
 *
 * @param newKey the header {@code __debezium.newkey}, on a delete that a changed key caused
 * @param oldKey the header {@code __debezium.oldkey}, on a create that a changed key caused
 * @param stored the record's timestamp, in microseconds
 * @param received when it was received, in microseconds
 */
@SuppressWarnings(
        "ArrayRecordComponent") // never compared; copying every record's bytes would cost more than all the rest
public record Raw(
        byte @Nullable [] key,
        byte @Nullable [] value,
        byte @Nullable [] newKey,
        byte @Nullable [] oldKey,
        long stored,
        long received) {}
