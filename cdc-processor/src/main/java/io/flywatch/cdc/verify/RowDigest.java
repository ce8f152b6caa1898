package io.flywatch.cdc.verify;

/** A row in short. */
public record RowDigest(RowKey key, Digest digest) {}
