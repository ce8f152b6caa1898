package io.flywatch.cdc.verify;

import java.math.BigInteger;

/**
 * What stands for all rows of a chunk, in whatever order they come: their number, and the sums of the halves of their digests, never cut
 * off.
 */
public record Checksum(long rows, BigInteger high, BigInteger low) {}
