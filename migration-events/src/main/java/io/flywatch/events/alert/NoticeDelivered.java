package io.flywatch.events.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A receiver took a notice.
 *
 * @param alertName the rule's name
 * @param receiver its configured name
 * @param notice what it was told
 * @param receipt what the receiver answered, e.g. an id; never a secret
 */
public record NoticeDelivered(
        String migrationId,
        @Nullable String runId,
        Instant at,
        String fingerprint,
        String alertName,
        String receiver,
        NoticeKind notice,
        String receipt)
        implements AlertEvent {}
