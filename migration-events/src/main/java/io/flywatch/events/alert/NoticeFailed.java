package io.flywatch.events.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A receiver refused a notice for good; it will not be tried again.
 *
 * @param alertName the rule's name
 * @param receiver its configured name
 * @param notice what it should have been told
 * @param reason what the receiver answered; never a secret
 */
public record NoticeFailed(
        String migrationId,
        @Nullable String runId,
        Instant at,
        String fingerprint,
        String alertName,
        String receiver,
        NoticeKind notice,
        String reason)
        implements AlertEvent {}
