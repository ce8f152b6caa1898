package io.flywatch.alerts;

import io.flywatch.alerts.AlertsConfig.DeliveryConfig;
import io.flywatch.alerts.AlertsConfig.PolicyConfig;
import io.flywatch.alerts.AlertsConfig.Routing;
import io.flywatch.alerts.adapter.file.PolicyFile;
import io.flywatch.alerts.adapter.file.PolicyFile.Reading;
import io.flywatch.alerts.adapter.file.Secrets;
import io.flywatch.alerts.deliver.ReceiverSpec;
import io.flywatch.alerts.policy.Defaults;
import io.flywatch.alerts.policy.Policy;
import io.flywatch.events.anomaly.Severity;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Loads the policy at start, where a wrong one is the end, and again when its file changes, where the old one stays if the new is wrong. */
@Singleton
public final class PolicyLoader {
    private static final Logger LOG = Logger.getLogger(PolicyLoader.class);

    private final PolicyConfig config;
    private final Routing routing;
    private final DeliveryConfig delivery;
    private final DeclaredReceivers declared;
    private final Receivers receivers;
    private final Policies policies;
    private final AlertMetrics metrics;
    private final SteadyClock clock;
    private final Secrets secrets;
    private @Nullable String lastText;

    PolicyLoader(
            PolicyConfig config,
            Routing routing,
            DeliveryConfig delivery,
            DeclaredReceivers declared,
            Receivers receivers,
            Policies policies,
            AlertMetrics metrics,
            SteadyClock clock,
            Config all) {
        this.config = config;
        this.routing = routing;
        this.delivery = delivery;
        this.declared = declared;
        this.receivers = receivers;
        this.policies = policies;
        this.metrics = metrics;
        this.clock = clock;
        this.secrets = new Secrets(name -> all.getOptionalValue(name, String.class));
    }

    /** Loads for the first time. */
    void start() {
        List<String> flaws = new ArrayList<>(Checks.of(delivery));
        declared.all().values().forEach(spec -> flaws.addAll(receivers.flaws(spec)));
        if (flaws.isEmpty()) {
            flaws.addAll(load(text()));
        }
        if (!flaws.isEmpty()) {
            throw new IllegalArgumentException("The configuration is not right: " + String.join("; ", flaws));
        }
        policies.current()
                .receivers()
                .values()
                .forEach(spec -> LOG.infof("receiver declared name=%s type=%s", spec.name(), spec.type()));
    }

    /**
     * Loads again if the file changed.
     *
     * @return whether another policy holds now
     */
    public synchronized boolean reload(boolean always) {
        if (config.file().isEmpty()) {
            return false;
        }
        String text = text();
        if (text == null || !always && text.equals(lastText)) {
            return false;
        }
        List<String> flaws = load(text);
        if (!flaws.isEmpty()) {
            LOG.warnf(
                    "policy refused, the one before holds file=%s flaws=%s",
                    config.file().get(), flaws);
            policies.refuse(flaws);
            metrics.policy(false);
            return false;
        }
        LOG.infof("policy loaded file=%s", config.file().get());
        return true;
    }

    private synchronized List<String> load(@Nullable String text) {
        lastText = text;
        if (config.file().isPresent() && text == null) {
            return List.of(
                    "flywatch.policy.file can't be read: " + config.file().get());
        }
        Reading reading =
                text == null ? bySeverity() : new PolicyFile(declared.all(), receivers::type, secrets).read(text);
        List<String> flaws = new ArrayList<>(reading.flaws());
        Policy policy = reading.policy();
        if (policy != null) {
            policy.receivers().values().forEach(spec -> flaws.addAll(receivers.flaws(spec)));
        }
        if (policy != null && flaws.isEmpty()) {
            receivers.use(policy.receivers());
            policies.use(policy, config.file().orElse("flywatch.routes"), hash(text), clock.instant());
            metrics.policy(true);
        }
        return flaws;
    }

    private Reading bySeverity() {
        Map<Severity, List<String>> routed = Map.of(
                Severity.INFO, routing.info().orElse(List.of()),
                Severity.WARNING, routing.warning().orElse(List.of()),
                Severity.CRITICAL, routing.critical().orElse(List.of()));
        List<String> flaws = new ArrayList<>();
        routed.forEach((severity, names) -> names.stream()
                .filter(name -> !DeclaredReceivers.NAMES.contains(name))
                .forEach(name -> flaws.add("flywatch.routes." + severity.name().toLowerCase(Locale.ROOT)
                        + " names the receiver '" + name + "', which there is not; there are "
                        + String.join(", ", DeclaredReceivers.NAMES))));
        declared.missing(routed.values())
                .forEach(missing ->
                        LOG.warnf("receiver routed but not configured, it is told nothing missing=%s", missing));
        return new Reading(
                flaws.isEmpty() ? Defaults.policy(Defaults.bySeverity(routed), declared.all()) : null, flaws);
    }

    private @Nullable String text() {
        try {
            return config.file().isPresent()
                    ? Files.readString(Path.of(config.file().get()))
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static String hash(@Nullable String text) {
        return text == null ? "" : Integer.toHexString(text.hashCode());
    }

    /** Whether a receiver's declaration is complete. */
    public Map<String, ReceiverSpec> specs() {
        return policies.current().receivers();
    }
}
