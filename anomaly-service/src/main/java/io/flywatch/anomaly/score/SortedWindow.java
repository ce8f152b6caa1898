package io.flywatch.anomaly.score;

import java.util.Arrays;

/** The last few values in their order, for a median. Whoever uses it says which value leaves. */
final class SortedWindow {

    private final float[] sorted;
    private int size;

    SortedWindow(int length) {
        sorted = new float[length];
    }

    /** Takes a value, while there is room. */
    void add(float value) {
        int at = placeOf(value);
        System.arraycopy(sorted, at, sorted, at + 1, size - at);
        sorted[at] = value;
        size++;
    }

    /** Takes a value for one that leaves and is in the window. */
    void replace(float leaving, float value) {
        int from = placeOf(leaving);
        int to = placeOf(value);
        if (to > from) {
            System.arraycopy(sorted, from + 1, sorted, from, to - from - 1);
            sorted[to - 1] = value;
        } else {
            System.arraycopy(sorted, to, sorted, to + 1, from - to);
            sorted[to] = value;
        }
    }

    private int placeOf(float value) {
        int found = Arrays.binarySearch(sorted, 0, size, value);
        return found < 0 ? -found - 1 : found;
    }

    boolean isFull() {
        return size == sorted.length;
    }

    /** The middle value; the upper one of two. */
    float median() {
        return sorted[size / 2];
    }

    void clear() {
        size = 0;
    }
}
