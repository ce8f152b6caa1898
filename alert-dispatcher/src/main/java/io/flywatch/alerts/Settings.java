package io.flywatch.alerts;

import io.flywatch.alerts.AlertsConfig.DeliveryConfig;
import io.flywatch.alerts.AlertsConfig.LinksConfig;
import io.flywatch.alerts.AlertsConfig.Routing;
import io.flywatch.alerts.deliver.Backoff;
import io.flywatch.alerts.deliver.ReceiverSource;
import io.flywatch.alerts.notice.Links;
import io.flywatch.alerts.route.Decider;
import io.flywatch.alerts.route.Routes;
import io.flywatch.events.anomaly.Severity;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Makes the core's settings of the configuration, checked, and says at start what is not configured. */
@Singleton
final class Settings {
    private static final Logger LOG = Logger.getLogger(Settings.class);

    @Produces
    @Singleton
    @Startup
    Decider decider(Routing routing, DeliveryConfig delivery, @All List<ReceiverSource> sources) {
        Map<Severity, List<String>> receivers = Map.of(
                Severity.INFO, routing.info().orElse(List.of()),
                Severity.WARNING, routing.warning().orElse(List.of()),
                Severity.CRITICAL, routing.critical().orElse(List.of()));
        Set<String> known = sources.stream().map(ReceiverSource::name).collect(Collectors.toSet());
        List<String> flaws = flaws(receivers, known, delivery);
        if (!flaws.isEmpty()) {
            throw new IllegalArgumentException("The configuration is not right: " + String.join("; ", flaws));
        }
        sources.forEach(source -> warnIfMissing(source, receivers));
        Set<String> configured = sources.stream()
                .filter(source -> source.missing().isEmpty())
                .map(ReceiverSource::name)
                .collect(Collectors.toSet());
        return new Decider(new Routes(receivers, configured));
    }

    private static List<String> flaws(
            Map<Severity, List<String>> receivers, Set<String> known, DeliveryConfig delivery) {
        List<String> flaws = new ArrayList<>();
        receivers.forEach((severity, names) -> names.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> flaws.add("flywatch.routes." + severity.name().toLowerCase(Locale.ROOT)
                        + " names the receiver '" + name + "', which there is not; there are "
                        + known.stream().sorted().collect(Collectors.joining(", ")))));
        positive(flaws, "timeout", delivery.timeout());
        positive(flaws, "first-wait", delivery.firstWait());
        positive(flaws, "longest-wait", delivery.longestWait());
        positive(flaws, "give-up-after", delivery.giveUpAfter());
        positive(flaws, "look-every", delivery.lookEvery());
        positive(flaws, "break-for", delivery.breakFor());
        if (delivery.claimFor().compareTo(delivery.timeout().multipliedBy(2)) < 0) {
            flaws.add("flywatch.delivery.claim-for (" + delivery.claimFor()
                    + ") must be at least twice flywatch.delivery.timeout (" + delivery.timeout() + ")");
        }
        if (delivery.concurrency() < 1) {
            flaws.add("flywatch.delivery.concurrency must be at least 1, is " + delivery.concurrency());
        }
        if (delivery.breakAfter() < 2) {
            flaws.add("flywatch.delivery.break-after must be at least 2, is " + delivery.breakAfter());
        }
        return flaws;
    }

    private static void positive(List<String> flaws, String key, Duration value) {
        if (!value.isPositive()) {
            flaws.add("flywatch.delivery." + key + " must be longer than nothing, is " + value);
        }
    }

    private static void warnIfMissing(ReceiverSource source, Map<Severity, List<String>> receivers) {
        if (source.missing().isEmpty()) {
            LOG.infof("receiver configured name=%s", source.name());
        } else if (receivers.values().stream().anyMatch(names -> names.contains(source.name()))) {
            LOG.warnf(
                    "receiver routed but not configured, it is told nothing name=%s missing=%s",
                    source.name(), source.missing());
        }
    }

    @Produces
    @Singleton
    Links links(LinksConfig config) {
        return new Links(config.console(), config.runbook());
    }

    @Produces
    @Singleton
    Backoff backoff(DeliveryConfig config) {
        return new Backoff(config.firstWait(), config.longestWait());
    }
}
