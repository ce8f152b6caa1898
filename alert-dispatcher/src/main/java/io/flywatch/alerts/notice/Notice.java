package io.flywatch.alerts.notice;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message to one receiver.
 *
 * @param id grows in the order in which notices were decided on
 * @param receiver the receiver's configured name
 * @param createdAt when it was decided on
 * @param since since when there is something new to be told; null for what is told again
 * @param attempt how often it has been sent, this time included
 * @param reference what the receiver answered to the thread's first message, where it can be edited; null for none yet
 */
public record Notice(
        long id,
        String receiver,
        Story story,
        Instant createdAt,
        @Nullable Instant since,
        int attempt,
        @Nullable String reference) {}
