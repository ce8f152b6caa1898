package io.flywatch.alerts.deliver;

import io.flywatch.alerts.deliver.Delivery.Delivered;
import io.flywatch.alerts.deliver.Delivery.Refused;
import io.flywatch.alerts.deliver.Delivery.Retry;
import io.flywatch.alerts.notice.Notice;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an attempt means for the notice. */
public sealed interface Outcome {

    /** What is kept as the notice's history. */
    String note();

    /** It is done. */
    record Done(String note, @Nullable String reference) implements Outcome {}

    /** It is tried again. */
    record Again(Instant dueAt, String note) implements Outcome {}

    /** It is over; the receiver will not be told. */
    record Over(String note) implements Outcome {}

    /**
     * Weighs an attempt.
     *
     * @param giveUpAfter a notice older than this is not tried again
     * @param random at least 0 and under 1
     */
    static Outcome of(
            Delivery delivery, Notice notice, Instant now, Backoff backoff, Duration giveUpAfter, double random) {
        return switch (delivery) {
            case Delivered delivered -> new Done(delivered.receipt(), delivered.reference());
            case Refused refused -> new Over(refused.why());
            case Retry retry -> {
                Duration wait = retry.after() == null ? backoff.after(notice.attempt(), random) : retry.after();
                Instant due = now.plus(wait);
                yield due.isAfter(notice.createdAt().plus(giveUpAfter))
                        ? new Over("given up after " + notice.attempt() + " attempts: " + retry.why())
                        : new Again(due, retry.why());
            }
        };
    }
}
