package io.flywatch.alerts.deliver;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one attempt to tell a receiver. No text in it holds a secret. */
public sealed interface Delivery {

    /**
     * The receiver took it.
     *
     * @param receipt what it answered
     * @param reference by what the message can be edited or answered later; null for none
     */
    record Delivered(String receipt, @Nullable String reference) implements Delivery {
        /** A message that can't be edited. */
        public Delivered(String receipt) {
            this(receipt, null);
        }
    }

    /**
     * Not now.
     *
     * @param after how long the receiver wants to be left alone; null if it did not say
     * @param why what it answered, or what is the matter
     */
    record Retry(@Nullable Duration after, String why) implements Delivery {}

    /**
     * Never: trying again would be answered alike.
     *
     * @param why what it answered
     */
    record Refused(String why) implements Delivery {}
}
