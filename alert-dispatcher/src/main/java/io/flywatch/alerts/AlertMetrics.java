package io.flywatch.alerts;

import io.flywatch.alerts.alert.AlertState;
import io.flywatch.alerts.alert.Source;
import io.flywatch.alerts.deliver.Outcome;
import io.flywatch.alerts.group.Reason;
import io.flywatch.alerts.notice.Notice;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every meter of the service. Each series is there from the start. */
@Singleton
public final class AlertMetrics {

    private final MeterRegistry registry;
    private final Set<String> watched = ConcurrentHashMap.newKeySet();
    private volatile Map<AlertState, Long> states = Map.of();
    private volatile Map<String, Long> queued = Map.of();
    private volatile Map<String, GuardedReceiver> receivers = Map.of();
    private volatile boolean counted;
    private volatile double policyGood = 1;

    AlertMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (AlertState state : AlertState.values()) {
            Gauge.builder("alerts", () -> counted ? states.getOrDefault(state, 0L) : Double.NaN)
                    .description("Alerts that are kept, by state")
                    .tag("state", label(state))
                    .register(registry);
        }
        for (Reason reason : Reason.values()) {
            decisions(reason);
        }
        for (Source source : Source.values()) {
            received(source);
        }
        for (String reason : List.of("unreadable", "unknown", "failed")) {
            skipped(reason);
        }
        Gauge.builder("alert.policy.good", () -> policyGood)
                .description("Whether the newest policy file is the one that holds: 1, or 0 if it was refused")
                .register(registry);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Makes the series of receivers; those of receivers that are no more end with the process. */
    void watch(Collection<GuardedReceiver> all) {
        Map<String, GuardedReceiver> next = new ConcurrentHashMap<>();
        all.forEach(receiver -> next.put(receiver.name(), receiver));
        receivers = next;
        next.keySet().stream().filter(watched::add).forEach(this::register);
    }

    private void register(String receiver) {
        for (String outcome : List.of("delivered", "retried", "refused")) {
            notices(receiver, outcome);
        }
        delivery(receiver);
        sending(receiver);
        Gauge.builder("alert.notices.queued", () -> counted ? queued.getOrDefault(receiver, 0L) : Double.NaN)
                .description("Notices that wait to be sent, for the first time or again")
                .tag("receiver", receiver)
                .register(registry);
        Gauge.builder("alert.receiver.circuit", () -> circuit(receiver))
                .description("Whether a receiver is left alone after repeated failures: 0 closed, 1 half open, 2 open")
                .tag("receiver", receiver)
                .register(registry);
    }

    private double circuit(String receiver) {
        GuardedReceiver known = receivers.get(receiver);
        if (known == null) {
            return Double.NaN;
        }
        return switch (known.circuit()) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    private Counter notices(String receiver, String outcome) {
        return Counter.builder("alert.notices")
                .description("Attempts to tell a receiver, by what became of them")
                .tags("receiver", receiver, "outcome", outcome)
                .register(registry);
    }

    private Timer delivery(String receiver) {
        return timer(
                "alert.delivery",
                "Time from the report that something began, got worse or ended to its delivery; what was held back is left out",
                receiver);
    }

    private Timer sending(String receiver) {
        return timer("alert.sending", "Time from the decision to tell a receiver to the delivery", receiver);
    }

    private Timer timer(String name, String description, String receiver) {
        return Timer.builder(name)
                .description(description)
                .tag("receiver", receiver)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(10))
                .register(registry);
    }

    private Counter decisions(Reason reason) {
        return Counter.builder("alert.decisions")
                .description("Decisions about alerts, by reason")
                .tag("reason", label(reason))
                .register(registry);
    }

    private Counter skipped(String reason) {
        return Counter.builder("alert.events.skipped")
                .description("Events that were skipped")
                .tag("reason", reason)
                .register(registry);
    }

    private Counter received(Source source) {
        return Counter.builder("alert.reports")
                .description("Reports about alerts that were taken in, by where they come from")
                .tag("source", label(source))
                .register(registry);
    }

    /** Something was decided. */
    public void decided(Reason reason) {
        decisions(reason).increment();
    }

    /** Reports were stored. */
    public void received(Source source, int reports) {
        received(source).increment(reports);
    }

    /** An event was skipped. */
    public void eventSkipped(String reason) {
        skipped(reason).increment();
    }

    /** Whether the newest policy holds. */
    public void policy(boolean good) {
        policyGood = good ? 1 : 0;
    }

    /** An attempt was made. */
    void attempted(Notice notice, Outcome outcome, Instant now) {
        switch (outcome) {
            case Outcome.Done done -> {
                notices(notice.receiver(), "delivered").increment();
                sending(notice.receiver()).record(between(notice.createdAt(), now));
                if (notice.since() != null) {
                    delivery(notice.receiver()).record(between(notice.since(), now));
                }
            }
            case Outcome.Again again -> notices(notice.receiver(), "retried").increment();
            case Outcome.Over over -> notices(notice.receiver(), "refused").increment();
        }
    }

    /** The clocks of a detector and of this machine may differ. */
    private static Duration between(Instant from, Instant to) {
        return from.isAfter(to) ? Duration.ZERO : Duration.between(from, to);
    }

    void count(Map<AlertState, Long> alerts, Map<String, Long> notices) {
        states = alerts;
        queued = notices;
        counted = true;
    }
}
