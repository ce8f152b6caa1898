package io.flywatch.runner.run;

/** This runner no longer works on the run: it stops, or another has taken over. The run itself is as it was, and goes on later. */
public final class Suspended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Suspended(String why) {
        super(why);
    }

    public Suspended(String why, Throwable cause) {
        super(why, cause);
    }
}
