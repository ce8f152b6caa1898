package io.flywatch.cdc.verify;

import java.math.BigInteger;

/**
 * What stands for all rows of a chunk, in whatever order they come: their number, and the sums of the halves of their digests without
 * a sign, never cut off.
 */
public record Checksum(long rows, BigInteger high, BigInteger low) {

    /** Of no row. */
    public static final Checksum NONE = new Checksum(0, BigInteger.ZERO, BigInteger.ZERO);

    /** With one row more. */
    public Checksum plus(Digest row) {
        return new Checksum(rows + 1, high.add(unsigned(row.high())), low.add(unsigned(row.low())));
    }

    private static BigInteger unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits));
    }
}
