package io.flywatch.kit.connect;

/** Kafka Connect did not answer. */
public final class ConnectUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConnectUnreachableException(String url, Throwable cause) {
        super("Kafka Connect does not answer at " + url + " (" + reason(cause) + ")", cause);
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
