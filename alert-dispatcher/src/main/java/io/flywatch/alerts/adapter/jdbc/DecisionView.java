package io.flywatch.alerts.adapter.jdbc;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flywatch.alerts.route.Reason;
import io.flywatch.events.alert.NoticeKind;
import io.flywatch.events.anomaly.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision, to be read.
 *
 * @param at when what it is about happened
 * @param decidedAt when it was taken
 * @param severity the alert's severity then
 * @param kind what was told; null if nobody was
 * @param receivers who was told; empty if nobody was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DecisionView(
        Instant at,
        Instant decidedAt,
        Severity severity,
        @Nullable NoticeKind kind,
        Reason reason,
        String explanation,
        List<String> receivers) {
    public DecisionView {
        receivers = List.copyOf(receivers);
    }
}
