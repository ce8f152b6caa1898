package io.flywatch.runner.run;

/** This runner no longer works on the run: it stops, another has taken over, or somebody asked for a pause. The run goes on later. */
public final class Suspended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean onDemand;

    /** The run is left as it is, for whoever takes it next. */
    public Suspended(String why) {
        super(why);
        this.onDemand = false;
    }

    /** The run is left as it is, for whoever takes it next. */
    public Suspended(String why, Throwable cause) {
        super(why, cause);
        this.onDemand = false;
    }

    private Suspended() {
        super("a pause was asked for", null, false, false);
        this.onDemand = true;
    }

    /** The run is at a place where it may stand still, as was asked for. */
    public static Suspended onDemand() {
        return new Suspended();
    }

    /** Whether the run is to stand still until it is resumed. */
    public boolean isOnDemand() {
        return onDemand;
    }
}
