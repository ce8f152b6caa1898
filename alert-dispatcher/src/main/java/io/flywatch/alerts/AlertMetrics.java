package io.flywatch.alerts;

import io.flywatch.alerts.alert.AlertState;
import io.flywatch.alerts.deliver.Outcome;
import io.flywatch.alerts.deliver.ReceiverSource;
import io.flywatch.alerts.notice.Notice;
import io.flywatch.alerts.route.Decision;
import io.flywatch.alerts.route.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every meter of the service. Each series is there from the start. */
@Singleton
public final class AlertMetrics {

    private final MeterRegistry registry;
    private volatile Map<AlertState, Long> states = Map.of();
    private volatile Map<String, Long> queued = Map.of();
    private volatile boolean counted;

    AlertMetrics(MeterRegistry registry, @All List<ReceiverSource> sources) {
        this.registry = registry;
        for (AlertState state : AlertState.values()) {
            Gauge.builder("alerts", () -> counted ? states.getOrDefault(state, 0L) : Double.NaN)
                    .description("Alerts that are kept, by state")
                    .tag("state", label(state))
                    .register(registry);
        }
        for (ReceiverSource source : sources) {
            for (String outcome : List.of("delivered", "retried", "refused")) {
                notices(source.name(), outcome);
            }
            delivery(source.name());
            Gauge.builder("alert.notices.queued", () -> counted ? queued.getOrDefault(source.name(), 0L) : Double.NaN)
                    .description("Notices that wait to be sent, for the first time or again")
                    .tag("receiver", source.name())
                    .register(registry);
        }
        for (Reason reason : Reason.values()) {
            decisions(reason);
        }
        for (String reason : List.of("unreadable", "unknown", "failed")) {
            skipped(reason);
        }
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private Counter notices(String receiver, String outcome) {
        return Counter.builder("alert.notices")
                .description("Attempts to tell a receiver, by what became of them")
                .tags("receiver", receiver, "outcome", outcome)
                .register(registry);
    }

    private Timer delivery(String receiver) {
        return Timer.builder("alert.delivery")
                .description("Time from an alert to its delivery")
                .tag("receiver", receiver)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(10))
                .register(registry);
    }

    private Counter decisions(Reason reason) {
        return Counter.builder("alert.decisions")
                .description("Decisions on reports, by reason")
                .tag("reason", label(reason))
                .register(registry);
    }

    private Counter skipped(String reason) {
        return Counter.builder("alert.events.skipped")
                .description("Events that were skipped")
                .tag("reason", reason)
                .register(registry);
    }

    /** A report was decided on. */
    public void decided(Decision decision) {
        decisions(decision.reason()).increment();
    }

    /** An event was skipped. */
    public void eventSkipped(String reason) {
        skipped(reason).increment();
    }

    /** An attempt was made. */
    public void attempted(Notice notice, Outcome outcome, Instant now) {
        switch (outcome) {
            case Outcome.Done done -> {
                notices(notice.receiver(), "delivered").increment();
                Duration took = Duration.between(notice.createdAt(), now);
                delivery(notice.receiver()).record(took.isNegative() ? Duration.ZERO : took);
            }
            case Outcome.Again again -> notices(notice.receiver(), "retried").increment();
            case Outcome.Over over -> notices(notice.receiver(), "refused").increment();
        }
    }

    void count(Map<AlertState, Long> alerts, Map<String, Long> notices) {
        states = alerts;
        queued = notices;
        counted = true;
    }
}
