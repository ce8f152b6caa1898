package io.flywatch.alerts.adapter.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of posting something. */
public sealed interface Answer {

    /**
     * The other side answered.
     *
     * @param retryAfter how long it wants to be left alone; null if it did not say
     */
    record Answered(int status, String body, @Nullable Duration retryAfter) implements Answer {}

    /**
     * It did not.
     *
     * @param why what is the matter, without the address
     */
    record Silent(String why) implements Answer {}

    /**
     * It was not asked.
     *
     * @param why why it may not be
     */
    record Forbidden(String why) implements Answer {}
}
