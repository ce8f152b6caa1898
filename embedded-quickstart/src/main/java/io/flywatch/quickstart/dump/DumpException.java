package io.flywatch.quickstart.dump;

/** A dump can't be loaded; the message tells where and why. */
public final class DumpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DumpException(String message, Throwable cause) {
        super(message, cause);
    }
}
