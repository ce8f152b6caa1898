package io.flywatch.quickstart;

/** The quickstart can't go on; the message says what happened, to what, and what to do. It is no bug, so nobody needs the trace. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Refusal(String message) {
        super(message);
    }

    public Refusal(String message, Throwable cause) {
        super(message, cause);
    }

    /** What happened, in words. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
