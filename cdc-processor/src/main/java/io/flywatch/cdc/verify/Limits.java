package io.flywatch.cdc.verify;

/**
 * What keeps a verification's memory and time bounded.
 *
 * @param chunkRows rows of the source in a chunk
 * @param suspects that are kept at the same time; beyond that they are looked at again before the next chunk
 * @param looks after so many looks a row that changed each time is given up as unsettled
 * @param mismatches of a table, after which the rest of it is not compared
 * @param sample the share of the chunks that are compared, above 0 and up to 1
 */
public record Limits(int chunkRows, int suspects, int looks, int mismatches, double sample) {}
