package io.flywatch.cdc.verify;

/** 128 bits that stand for a row: rows of equal digests are taken for equal. */
public record Digest(long high, long low) {}
