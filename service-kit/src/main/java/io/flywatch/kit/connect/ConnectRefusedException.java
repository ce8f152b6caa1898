package io.flywatch.kit.connect;

/** Kafka Connect answered with an error. */
public final class ConnectRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ConnectRefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }
}
