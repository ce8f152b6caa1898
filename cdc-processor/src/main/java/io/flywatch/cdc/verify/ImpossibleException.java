package io.flywatch.cdc.verify;

/** The verification can't be done as it was asked for. */
public final class ImpossibleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Impossible for a reason, which says what to do. */
    public ImpossibleException(String reason) {
        super(reason, null, false, false);
    }
}
