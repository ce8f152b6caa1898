package io.flywatch.anomaly.series;

/**
 * Makes one growing count of readings that may begin anew: a reading below the one before is taken as a new beginning and adds
 * nothing, as what happened in between is not known.
 */
public final class Counter {

    private boolean started;
    private long last;
    private long total;

    /** Takes a reading and returns the count so far. */
    public long read(long reading) {
        if (started && reading > last) {
            total += reading - last;
        }
        started = true;
        last = reading;
        return total;
    }

    /** Takes the next reading as a new beginning. */
    public void rebase() {
        started = false;
    }
}
