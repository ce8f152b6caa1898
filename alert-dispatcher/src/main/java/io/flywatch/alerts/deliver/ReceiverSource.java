package io.flywatch.alerts.deliver;

import java.util.List;
import java.util.Optional;

/** Knows one sort of receiver, whether or not it is configured. */
public interface ReceiverSource {

    /** The receiver's name. */
    String name();

    /** The receiver, if its configuration is there. */
    Optional<Receiver> receiver();

    /** The configuration keys that are missing; empty if the receiver is configured. */
    List<String> missing();
}
