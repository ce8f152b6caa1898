package io.flywatch.cdc.apply;

import io.flywatch.cdc.change.Raw;

/** A record that is to be applied, and its place in the partition. */
public record Inbound(long offset, Raw raw) {

    /** What it takes in memory, about. */
    public int bytes() {
        byte[] key = raw.key();
        byte[] value = raw.value();
        return 128 + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }
}
