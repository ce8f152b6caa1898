package io.flywatch.runner.run;

/** Ends a run with a failure that is told to a person as it stands; thrown inside engines, and turned into a value at their edge. */
public final class RunFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureType type;

    /** A failure with its remedy in the message. */
    public RunFailure(FailureType type, String message) {
        super(message);
        this.type = type;
    }

    /** A failure that something else caused. */
    public RunFailure(FailureType type, String message, Throwable cause) {
        super(message, cause);
        this.type = type;
    }

    /** What kind it is. */
    public FailureType type() {
        return type;
    }

    /** Its message; never null. */
    public String text() {
        String message = getMessage();
        return message == null ? type.label() : message;
    }
}
