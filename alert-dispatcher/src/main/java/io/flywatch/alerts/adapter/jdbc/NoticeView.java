package io.flywatch.alerts.adapter.jdbc;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flywatch.alerts.notice.NoticeState;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notice, to be read.
 *
 * @param attempts how often it has been sent
 * @param nextAttemptAt when it is sent next; null if it is not waiting
 * @param doneAt when it was delivered, refused or dropped; null before
 * @param outcome what the receiver answered last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NoticeView(
        long id,
        String fingerprint,
        String migrationId,
        String alertName,
        String receiver,
        NoticeKind kind,
        Severity severity,
        NoticeState state,
        int attempts,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant doneAt,
        @Nullable String outcome) {}
