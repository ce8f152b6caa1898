package io.flywatch.runner.run;

import org.jspecify.annotations.Nullable;

/** Ends a run with a failure that is told to a person as it stands; thrown inside engines, and turned into a value at their edge. */
public final class RunFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureType type;
    private final @Nullable String keyRange;
    private final @Nullable String serverCode;

    /** A failure with its remedy in the message. */
    public RunFailure(FailureType type, String message) {
        super(message);
        this.type = type;
        this.keyRange = null;
        this.serverCode = null;
    }

    /** A failure that something else caused. */
    public RunFailure(FailureType type, String message, Throwable cause) {
        this(type, message, null, null, cause);
    }

    /** A failure that the database told, perhaps of certain keys. */
    public RunFailure(
            FailureType type, String message, @Nullable String keyRange, @Nullable String serverCode, Throwable cause) {
        super(message, cause);
        this.type = type;
        this.keyRange = keyRange;
        this.serverCode = serverCode;
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

    /** The same as a value. */
    public Failure failure(@Nullable String step) {
        return new Failure(step, type, text(), keyRange, serverCode);
    }
}
