package io.flywatch.alerts.deliver;

import io.flywatch.alerts.notice.Notice;

/** Somebody who can be told. */
public interface Receiver {

    /** The configured name. */
    String name();

    /** Tells; blocks until the receiver answered or can't be waited for any longer. Expected trouble is an outcome, never thrown. */
    Delivery send(Notice notice);

    /** What would be sent, as it would be sent, without secrets. */
    String preview(Notice notice);
}
