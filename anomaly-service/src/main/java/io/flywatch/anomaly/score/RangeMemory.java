package io.flywatch.anomaly.score;

/**
 * The range of a measure over its last points, kept as the extremes of blocks: constant work for each point, and a window that is exact
 * to a block. Values are kept as floats about the first one; rounding keeps their order, so that it makes no value new.
 */
final class RangeMemory {

    private static final int BLOCKS = 40;
    private static final int BLOCK_LENGTH = 125;
    /** How many points are remembered. */
    static final int LENGTH = BLOCKS * BLOCK_LENGTH;

    private final float[] highs = new float[BLOCKS];
    private final float[] lows = new float[BLOCKS];
    private int blocks;
    private int newest;
    private int inBlock;
    private int seen;
    private float high;
    private float low;
    private double base;

    /** How many points the range is of. */
    int size() {
        return seen;
    }

    /** By how much a value is above the range; negative if it is not. */
    double above(double value) {
        return seen == 0 ? 0 : (double) Numbers.toFloat(value - base) - high;
    }

    /** By how much a value is below the range; negative if it is not. */
    double below(double value) {
        return seen == 0 ? 0 : (double) low - Numbers.toFloat(value - base);
    }

    /** The width of the range. */
    double span() {
        return seen == 0 ? 0 : (double) high - low;
    }

    /** Takes a value. */
    void add(double value) {
        if (seen == 0) {
            base = value;
        }
        float relative = Numbers.toFloat(value - base);
        if (inBlock == 0) {
            open(relative);
        }
        highs[newest] = Math.max(highs[newest], relative);
        lows[newest] = Math.min(lows[newest], relative);
        high = Math.max(high, relative);
        low = Math.min(low, relative);
        inBlock = (inBlock + 1) % BLOCK_LENGTH;
        seen = Math.min(seen + 1, LENGTH);
    }

    private void open(float first) {
        newest = blocks == 0 ? 0 : (newest + 1) % BLOCKS;
        blocks = Math.min(blocks + 1, BLOCKS);
        highs[newest] = first;
        lows[newest] = first;
        high = first;
        low = first;
        for (int block = 0; block < blocks; block++) {
            high = Math.max(high, highs[block]);
            low = Math.min(low, lows[block]);
        }
    }
}
