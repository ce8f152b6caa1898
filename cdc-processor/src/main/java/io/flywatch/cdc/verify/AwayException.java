package io.flywatch.cdc.verify;

/** A database does not answer; what was asked may be asked again. */
public final class AwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Away for a reason, without any contents of rows. */
    public AwayException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
