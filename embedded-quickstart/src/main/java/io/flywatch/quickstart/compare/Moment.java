package io.flywatch.quickstart.compare;

import java.time.Instant;

/** A date or a time as MongoDB keeps it: milliseconds since 1970. */
record Moment(long millis) implements Comparable<Moment> {

    @Override
    public int compareTo(Moment other) {
        return Long.compare(millis, other.millis);
    }

    @Override
    public String toString() {
        return Instant.ofEpochMilli(millis).toString();
    }
}
