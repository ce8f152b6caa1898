package io.flywatch.alerts;

import io.flywatch.alerts.AlertsConfig.ReceiversConfig;
import io.flywatch.alerts.deliver.ReceiverSpec;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The receivers of the configuration: one of each sort, called as the sort is. */
@Singleton
public final class DeclaredReceivers {

    /** What they are called. */
    public static final List<String> NAMES = List.of("slack", "email", "pagerduty", "webhook");

    private static final int CONCURRENCY = 8;

    private final ReceiversConfig config;
    private final Receivers receivers;

    DeclaredReceivers(ReceiversConfig config, Receivers receivers) {
        this.config = config;
        this.receivers = receivers;
    }

    /** Those that are configured. */
    public Map<String, ReceiverSpec> all() {
        Map<String, ReceiverSpec> all = new LinkedHashMap<>();
        missingOf().forEach((name, missing) -> {
            if (missing == null) {
                all.put(name, new ReceiverSpec(name, name, settings(name), null, receivers.rate(name), CONCURRENCY));
            }
        });
        return all;
    }

    /** What those lack that are not configured, of those that are routed. */
    List<String> missing(Collection<List<String>> routed) {
        List<String> missing = new ArrayList<>();
        missingOf().forEach((name, keys) -> {
            if (keys != null && routed.stream().anyMatch(names -> names.contains(name))) {
                missing.add(keys);
            }
        });
        return missing;
    }

    /** What each lacks, by its name; null if it lacks nothing. */
    public Map<String, @Nullable String> missingOf() {
        Map<String, @Nullable String> missing = new LinkedHashMap<>();
        boolean slack =
                config.slack().url().isPresent() || config.slack().token().isPresent();
        missing.put("slack", slack ? null : "flywatch.receivers.slack.url");
        boolean email = config.email().to().isPresent() && config.email().from().isPresent();
        missing.put("email", email ? null : "flywatch.receivers.email.to, flywatch.receivers.email.from");
        missing.put(
                "pagerduty",
                config.pagerduty().routingKey().isPresent() ? null : "flywatch.receivers.pagerduty.routing-key");
        missing.put("webhook", config.webhook().url().isPresent() ? null : "flywatch.receivers.webhook.url");
        return missing;
    }

    private Map<String, String> settings(String name) {
        Map<String, String> settings = new LinkedHashMap<>();
        switch (name) {
            case "slack" -> {
                put(settings, "url", config.slack().url());
                put(settings, "token", config.slack().token());
                put(settings, "channel", config.slack().channel());
            }
            case "email" -> {
                put(settings, "to", config.email().to().map(to -> String.join(",", to)));
                put(settings, "from", config.email().from());
                settings.put("allow_plain", String.valueOf(config.email().allowPlain()));
            }
            case "pagerduty" -> {
                settings.put("url", config.pagerduty().url());
                put(settings, "routing_key", config.pagerduty().routingKey());
            }
            default -> {
                put(settings, "url", config.webhook().url());
                put(settings, "secret", config.webhook().secret());
                settings.put("allow_private", String.valueOf(config.webhook().allowPrivate()));
            }
        }
        return settings;
    }

    private static void put(Map<String, String> settings, String key, Optional<String> value) {
        value.ifPresent(text -> settings.put(key, text));
    }
}
