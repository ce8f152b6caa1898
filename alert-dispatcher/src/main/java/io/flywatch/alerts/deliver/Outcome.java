package io.flywatch.alerts.deliver;

import io.flywatch.alerts.deliver.Delivery.Delivered;
import io.flywatch.alerts.deliver.Delivery.Refused;
import io.flywatch.alerts.deliver.Delivery.Retry;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.notice.Text;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an attempt means for the notice. */
public sealed interface Outcome {

    /** So much of an answer is kept. */
    int LONGEST = 500;

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
            case Delivered delivered -> new Done(kept(delivered.receipt()), reference(delivered));
            case Refused refused -> new Over(kept(refused.why()));
            case Retry retry -> {
                Duration wait = retry.after() == null ? backoff.after(notice.attempt(), random) : retry.after();
                Instant due = now.plus(wait);
                yield due.isAfter(notice.createdAt().plus(giveUpAfter))
                        ? new Over("given up after " + notice.attempt() + " attempts: " + kept(retry.why()))
                        : new Again(due, kept(retry.why()));
            }
        };
    }

    /** What was answered comes from outside: only so much of it is kept, and nothing that could not be stored. */
    private static String kept(String answer) {
        return Text.atMost(Text.oneLine(answer), LONGEST);
    }

    private static @Nullable String reference(Delivered delivered) {
        return delivered.reference() == null ? null : kept(delivered.reference());
    }
}
