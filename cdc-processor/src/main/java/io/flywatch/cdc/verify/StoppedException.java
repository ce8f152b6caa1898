package io.flywatch.cdc.verify;

/** The verification is no longer ours to go on with: somebody stopped it, another replica has it, or this one ends. */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Stopped for a reason. */
    public StoppedException(String reason) {
        super(reason, null, false, false);
    }
}
